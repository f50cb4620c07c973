package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.probe.PathMtuProbe;
import io.netverdict.correlator.probe.PingProbe;
import io.netverdict.nativelib.socket.NetworkSocket;
import io.netverdict.nativelib.socket.NetworkSocket.Kind;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.service.probe.flow.ProbeSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * Finds the path MTU to the byte: by what ICMP says where it says something, else by halving (RFC
 * 4821's idea: what is answered fits, what is not may be too large).
 */
public final class PathMtuSearch {
    /** Every host takes datagrams of 576 bytes (RFC 791); IPv6 links carry 1280 (RFC 8200). */
    private static final int V4_LEAST_BYTES = 576;

    private static final int V6_LEAST_BYTES = 1280;
    private static final int MOST_BYTES = 65_535;
    private static final int DISCARD_PORT = 9;

    private final MtuTrial trial;
    private int passing;
    private int failing;
    private IpAddress toldBy;

    /**
     * @param passing size that is taken to pass
     * @param failing size that is taken to fail
     */
    PathMtuSearch(MtuTrial trial, int passing, int failing) {
        this.trial = trial;
        this.passing = passing;
        this.failing = failing;
    }

    /**
     * Searches the path to a host.
     *
     * @param ping of the same host, which decides how to search
     */
    public static PathMtuProbe to(ProbeSession session, IpAddress target, PingProbe ping) {
        long started = session.nowNanos();
        int firstHop = interfaceMtuBytes(target);
        int highest = firstHop > 0 ? Math.min(firstHop, MOST_BYTES) : 1500;
        String method = ping.answered() ? "icmp echo" : "udp";
        PathMtuSearch search = null;
        String problem;
        try {
            if (ping.answered()) {
                try (EchoSocket socket = EchoSocket.open(session, target)) {
                    search = of(new EchoTrial(session, socket, ping.bestRoundTripNanos()), target);
                    problem = search.run(session, highest);
                }
            } else {
                try (UdpTrial trial = new UdpTrial(session, target)) {
                    search = of(trial, target);
                    problem = search.run(session, highest);
                }
            }
        } catch (SocketFailure e) {
            problem = e.getMessage();
        }
        boolean found = problem == null && search != null;
        return new PathMtuProbe(
                target,
                session.since(started),
                method,
                found ? search.passing : -1,
                firstHop,
                found ? search.toldBy : null,
                problem);
    }

    private static PathMtuSearch of(MtuTrial trial, IpAddress target) {
        return new PathMtuSearch(trial, target.v6() ? V6_LEAST_BYTES : V4_LEAST_BYTES, 0);
    }

    /** The search; a problem in words, or null where {@link #mtuBytes} is found. */
    String run(ProbeSession session, int highest) throws SocketFailure {
        if (!passes(passing)) {
            return "packets of " + passing + " bytes get no answer";
        }
        failing = highest + 1;
        if (highest > passing) {
            attempt(highest);
        }
        while (failing - passing > 1) {
            if (session.over()) {
                return "the time ran out between " + passing + " and " + (failing - 1) + " bytes";
            }
            attempt(passing + (failing - passing) / 2);
        }
        return null;
    }

    private boolean passes(int bytes) throws SocketFailure {
        return trial.send(bytes).passed();
    }

    private void attempt(int bytes) throws SocketFailure {
        MtuTrial.Outcome outcome = trial.send(bytes);
        if (outcome.passed()) {
            passing = bytes;
            return;
        }
        failing = bytes;
        int told = outcome.mtuBytes();
        if (told < passing || told >= failing) {
            return;
        }
        toldBy = outcome.reporter();
        // What somebody says fits is tried, and the next larger size with it: he may be wrong.
        if (told > passing && !passes(told)) {
            failing = told;
            return;
        }
        passing = told;
        if (failing - passing > 1 && !passes(passing + 1)) {
            failing = passing + 1;
        }
    }

    /** The largest size that passed. */
    int mtuBytes() {
        return passing;
    }

    /** Who told it, or null. */
    IpAddress toldBy() {
        return toldBy;
    }

    /** MTU of the interface that leads to a host; -1 where unknown. */
    private static int interfaceMtuBytes(IpAddress target) {
        InetAddress address = Addresses.of(target);
        try (NetworkSocket socket = NetworkSocket.open(Kind.UDP, address)) {
            socket.connect(new InetSocketAddress(address, DISCARD_PORT));
            NetworkInterface leading =
                    NetworkInterface.getByInetAddress(socket.local().getAddress());
            return leading == null ? socket.knownPathMtuBytes() : leading.getMTU();
        } catch (SocketFailure | SocketException e) {
            return -1;
        }
    }
}
