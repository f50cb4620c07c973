package io.netverdict.service.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitCheckTest {
    private static final String UNIT = "netverdict.service";

    @TempDir private Path root;

    private Path systemd() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        return Files.createDirectories(root.resolve("etc/systemd/system"));
    }

    private static void enable(Path units) throws IOException {
        Path wants = Files.createDirectories(units.resolve("multi-user.target.wants"));
        Files.createSymbolicLink(wants.resolve(UNIT), Path.of("/etc/systemd/system", UNIT));
    }

    @Test
    void shouldWantNothingWhereThereIsNoSystemd() {
        assertEquals(Finding.State.OK, UnitCheck.of(root).state());
    }

    @Test
    void shouldTellHowToInstallAndToEnableTheUnit() throws IOException {
        Path units = systemd();
        Finding absent = UnitCheck.of(root);
        Files.copy(Path.of("packaging", UNIT), units.resolve(UNIT));
        Finding disabled = UnitCheck.of(root);
        enable(units);
        Finding enabled = UnitCheck.of(root);

        assertEquals(Finding.State.NOTE, absent.state());
        assertTrue(absent.mend().contains("cp service/packaging/" + UNIT), absent.mend());
        assertEquals(Finding.State.NOTE, disabled.state());
        assertTrue(disabled.mend().contains("systemctl enable"), disabled.mend());
        assertEquals(Finding.State.OK, enabled.state(), enabled.detail());
    }

    @Test
    void shouldMissTheWatchdogInAnOwnUnit() throws IOException {
        Path units = systemd();
        Files.writeString(
                units.resolve(UNIT), "[Service]\nType=exec\nExecStart=/opt/netverdict serve\n");
        enable(units);

        Finding own = UnitCheck.of(root);

        assertEquals(Finding.State.NOTE, own.state());
        assertTrue(own.mend().contains("WatchdogSec"), own.mend());
    }
}
