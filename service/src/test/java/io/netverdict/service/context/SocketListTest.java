package io.netverdict.service.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.context.ContextTargets;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.ErrorReport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** When all sockets are listed for a verdict that waits for nothing. */
@EnabledOnOs(OS.LINUX)
class SocketListTest {
    private static final int TCP = 6;

    /** A verdict waits 10 ms for its context: a cold machine has nothing to tell at first. */
    private static final int TRIES = 200;

    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();

    /** The first context that is far enough; the last one where none is. */
    private static HostContext contextOf(
            Socket client, List<ContextTargets.Flow> flows, Predicate<HostContext> enough) {
        ErrorReport report = ErrorReport.of("connect ETIMEDOUT 127.0.0.1:" + client.getPort());
        HostContext context = HostContext.NONE;
        try (ContextService service = ContextService.start(List.of(), false)) {
            for (int i = 0; i < TRIES && !enough.test(context); i++) {
                context =
                        service.begin(report)
                                .about(
                                        new ContextTargets(
                                                0, 0, Set.of(), Set.of(LOOPBACK), flows, Set.of()));
            }
        }
        return context;
    }

    @Test
    void shouldAskForTheSocketOfAFlowAloneWhereOneIsKnown() throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 1, address);
                Socket client = new Socket(address, server.getLocalPort())) {
            ContextTargets.Flow flow =
                    new ContextTargets.Flow(
                            TCP,
                            new Endpoint(LOOPBACK, client.getLocalPort()),
                            new Endpoint(LOOPBACK, client.getPort()));

            HostContext context =
                    contextOf(client, List.of(flow), some -> !some.sockets().isEmpty());

            assertEquals(1, context.sockets().size());
            assertNull(context.socketUse());
            assertEquals("not counted before the verdict", context.problems().get("socketUse"));
        }
    }

    @Test
    void shouldListAllWhereNoPacketWasSeen() throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 1, address);
                Socket client = new Socket(address, server.getLocalPort())) {
            HostContext context = contextOf(client, List.of(), some -> some.socketUse() != null);

            assertNotNull(context.socketUse());
            assertNull(context.problems().get("socketUse"));
        }
    }
}
