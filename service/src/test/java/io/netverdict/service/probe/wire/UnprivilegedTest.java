package io.netverdict.service.probe.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.service.lab.RealClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnprivilegedTest {
    private static String run(String... before) throws Exception {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PingAlone.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldSayThatPingIsNotPermittedAndGoOnWithWhatIs() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && RealClient.isOnPath("setpriv"),
                "skipped: takes root and setpriv to drop a capability");
        String bounded = run("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", "--");
        boolean groupMayPing = bounded.contains("received=3");

        assertTrue(groupMayPing || bounded.contains("sent=0"), bounded);
        assertTrue(groupMayPing || bounded.contains("not permitted"), bounded);
        assertTrue(bounded.contains("reply=REFUSED"), bounded);
    }

    @Test
    void shouldPingWhereItIsPermitted() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: takes root");

        assertTrue(run().contains("received=3"));
    }
}
