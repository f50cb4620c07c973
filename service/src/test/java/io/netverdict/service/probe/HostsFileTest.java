package io.netverdict.service.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.capture.packet.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of a hosts file. */
class HostsFileTest {
    @TempDir private Path directory;

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Test
    void shouldFindEveryAddressOfANameAndOfItsAliases() throws IOException {
        Path file = directory.resolve("hosts");
        Files.writeString(
                file,
                "127.0.0.1 localhost\n# 192.0.2.1 shop.example\n192.0.2.7\twww Shop.Example # us\n"
                        + "2001:db8::7 shop.example\nnonsense shop.example\n\n192.0.2.9 other\n");

        assertEquals(
                List.of(address("192.0.2.7"), address("2001:db8::7")),
                HostsFile.addressesOf(file, "shop.example"));
        assertEquals(List.of(), HostsFile.addressesOf(file, "192.0.2.7"));
    }

    @Test
    void shouldFindNothingWhereThereIsNoFile() {
        assertEquals(List.of(), HostsFile.addressesOf(directory.resolve("none"), "shop.example"));
    }
}
