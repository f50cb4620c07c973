package io.netverdict.service.context;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.context.ContextTargets;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;

/** Collects once about a connection of its own and prints the context: run with restrictions. */
public final class ContextProgram {
    private static final int TCP = 6;
    private static final int TRIES = 100;
    private static final long PAUSE_MILLIS = 100;

    private ContextProgram() {}

    /** No arguments. */
    public static void main(String[] arguments) throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 5, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                Socket accepted = server.accept();
                ContextService service = ContextService.start(List.of(), true)) {
            accepted.getOutputStream().write(new byte[100]);
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
            HostContext context = HostContext.NONE;
            for (int i = 0; i < TRIES && !isWhole(context); i++) {
                // A slow machine has nothing to tell at first.
                context = collect(service, url, client);
            }
            System.out.println(ContractJson.mapper().writeValueAsString(context));
        }
    }

    private static boolean isWhole(HostContext context) {
        return !context.routes().isEmpty() && context.socketUse() != null;
    }

    private static HostContext collect(ContextService service, String url, Socket client)
            throws InterruptedException {
        ErrorReport report =
                new ErrorReport(
                        "timeout", url, null, null, null, null, null, null, null, null, null);
        ContextSource source = service.begin(report);
        Thread.sleep(PAUSE_MILLIS);
        IpAddress address = IpAddress.parse("127.0.0.1").orElseThrow();
        return source.about(
                new ContextTargets(
                        0,
                        0,
                        Set.of("localhost"),
                        Set.of(address),
                        List.of(
                                new ContextTargets.Flow(
                                        TCP,
                                        new Endpoint(address, client.getLocalPort()),
                                        new Endpoint(address, client.getPort()))),
                        Set.of()));
    }
}
