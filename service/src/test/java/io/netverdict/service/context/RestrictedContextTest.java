package io.netverdict.service.context;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.ContractJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Collects as users do that may do less than root, each in a process of its own. */
@EnabledOnOs(OS.LINUX)
class RestrictedContextTest {
    /** Root by number, so that it can read its classes, and without any of root's powers. */
    private static final String UNPRIVILEGED = "setpriv --bounding-set -all --inh-caps -all";

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: it takes root");
    }

    private static HostContext collect(String... before) throws Exception {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ContextProgram.class.getName()));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .directory(Path.of("/").toFile())
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        String json = said.strip().lines().reduce((first, last) -> last).orElse("");
        return ContractJson.mapper().readValue(json, HostContext.class);
    }

    private static void run(String command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command.split(" ")).inheritIO().start().waitFor();
        assertEquals(0, status, command);
    }

    private static void assertReadWithoutPrivileges(HostContext context) {
        assertAll(
                () ->
                        assertTrue(
                                context.interfaces().stream().anyMatch(i -> i.name().equals("lo")),
                                context::toString),
                () -> assertEquals("local", context.routes().get(0).type()),
                () -> assertEquals(100, context.sockets().get(0).receiveQueueBytes()),
                () -> assertTrue(context.socketUse().complete()),
                () -> assertTrue(context.clock().synchronised() != null));
    }

    @Test
    void shouldCollectWhatNeedsNoPrivilegesAndSayWhatDoes() throws Exception {
        assumeRoot();
        HostContext context = collect(UNPRIVILEGED.split(" "));

        assertReadWithoutPrivileges(context);
        assertTrue(
                context.problems().getOrDefault("firewall", "").contains("CAP_NET_ADMIN"),
                context.problems()::toString);
        assertTrue(
                context.conntrack() == null
                        || context.problems()
                                .getOrDefault("conntrack", "")
                                .contains("CAP_NET_ADMIN"),
                context.problems()::toString);
    }

    @Test
    void shouldCollectWithoutIpv6() throws Exception {
        assumeRoot();
        String name = "nvctx-" + ProcessHandle.current().pid();
        run("ip netns add " + name);
        try {
            run("ip netns exec " + name + " sysctl -qw net.ipv6.conf.all.disable_ipv6=1");
            run("ip -n " + name + " link set lo up");
            HostContext context = collect("ip", "netns", "exec", name);

            assertReadWithoutPrivileges(context);
            assertEquals(List.of("127.0.0.1/8"), context.interfaces().get(0).addresses());
        } finally {
            run("ip netns del " + name);
        }
    }

    @Test
    void shouldSayThatTheKernelTracksNoConnections() throws Exception {
        assumeRoot();
        HostContext context =
                collect(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs none /proc/sys/net/netfilter && exec \"$0\" \"$@\"");

        assertReadWithoutPrivileges(context);
        assertFalse(context.conntrack() != null, context::toString);
        assertEquals("the kernel tracks no connections", context.problems().get("conntrack"));
    }
}
