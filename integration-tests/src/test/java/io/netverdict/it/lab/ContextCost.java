package io.netverdict.it.lab;

import com.sun.management.OperatingSystemMXBean;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.context.ContextTargets;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.service.context.ContextService;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Prints what collecting context costs: processor time at rest, and for an incident. The machine
 * should have nothing else to do.
 */
public final class ContextCost {
    private static final int TCP = 6;
    private static final int WARM_UP_INCIDENTS = 30;
    private static final int INCIDENTS = 50;
    private static final long REST_MILLIS = 20_000;
    private static final long BETWEEN_MILLIS = 300;
    private static final long FIRST_LOOK_MILLIS = 50;
    private static final double NANOS_PER_MILLI = 1e6;

    private ContextCost() {}

    /** No arguments. */
    public static void main(String[] arguments) throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 5, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                ContextService service = ContextService.start(List.of(), true)) {
            double[] waits = new double[INCIDENTS];
            for (int i = 0; i < WARM_UP_INCIDENTS; i++) {
                incident(service, client);
            }
            long cpu = cpuNanos();
            long start = System.nanoTime();
            Thread.sleep(REST_MILLIS);
            double rest = (double) (cpuNanos() - cpu) / (System.nanoTime() - start);
            cpu = cpuNanos();
            start = System.nanoTime();
            for (int i = 0; i < INCIDENTS; i++) {
                waits[i] = incident(service, client);
            }
            double atRest = rest * (System.nanoTime() - start);
            double each = (cpuNanos() - cpu - atRest) / INCIDENTS / NANOS_PER_MILLI;
            Arrays.sort(waits);
            System.out.printf("context at rest: %.3f %% of one processor%n", rest * 100);
            System.out.printf("context of an incident: %.1f ms of processor time%n", each);
            System.out.printf(
                    "a verdict waits for it: median %.1f ms, longest of %d %.1f ms%n",
                    waits[INCIDENTS / 2], INCIDENTS, waits[INCIDENTS - 1]);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** One incident as the service has it; returns how long its verdict waited, milliseconds. */
    private static double incident(ContextService service, Socket client) throws Exception {
        String url = "http://127.0.0.1:" + client.getPort() + "/";
        ErrorReport report =
                new ErrorReport(
                        "timeout", url, null, null, null, null, null, null, null, null, null);
        IpAddress address = IpAddress.parse("127.0.0.1").orElseThrow();
        ContextSource source = service.begin(report);
        Thread.sleep(FIRST_LOOK_MILLIS);
        long start = System.nanoTime();
        source.about(
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
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        Thread.sleep(BETWEEN_MILLIS);
        return millis;
    }
}
