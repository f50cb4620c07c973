package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.probe.RouteProbe;
import io.netverdict.nativelib.socket.IcmpNotice;
import io.netverdict.nativelib.socket.NetworkSocket;
import io.netverdict.nativelib.socket.NetworkSocket.Kind;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.nativelib.socket.SocketFailure.Reason;
import io.netverdict.service.probe.flow.ProbeFlow;
import io.netverdict.service.probe.flow.ProbeSession;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the routers on the way by packets with hop limits 1, 2, 3 …, a few at a time: datagrams to
 * ports on which nothing listens, or SYNs to the port in question. Needs no privileges: the kernel
 * hands the ICMP errors to the socket they are about.
 */
public final class Traceroute {
    private static final int MAX_HOPS = 30;
    private static final int BATCH = 5;
    private static final int TRIES = 2;
    private static final int FIRST_PORT = 33_434;
    private static final int PAYLOAD_BYTES = 32;

    /** So many silent hops in a row are the end of the way. */
    private static final int SILENT_HOPS = 5;

    private static final long WAIT_NANOS = 900_000_000L;

    private final ProbeSession session;
    private final Endpoint target;
    private final HopTracker tracker;

    private Traceroute(ProbeSession session, Endpoint target) {
        this.session = session;
        this.target = target;
        this.tracker = new HopTracker(target.address(), MAX_HOPS);
    }

    /** Sends datagrams; the target's port is told in the result, and not used. */
    public static RouteProbe overUdp(ProbeSession session, Endpoint target) {
        Traceroute traceroute = new Traceroute(session, target);
        return traceroute.run(false, traceroute::udp);
    }

    /** Sends SYNs; a connection that opens is closed at once. */
    public static RouteProbe overTcp(ProbeSession session, Endpoint target) {
        Traceroute traceroute = new Traceroute(session, target);
        return traceroute.run(true, traceroute::tcp);
    }

    private interface Way {
        void walk() throws SocketFailure;
    }

    private RouteProbe run(boolean overTcp, Way way) {
        long started = session.nowNanos();
        String problem = null;
        Reply reply = null;
        try {
            way.walk();
        } catch (SocketFailure e) {
            problem = e.getMessage();
            reply = tracker.hops().isEmpty() ? Reply.NOT_SENT : null;
        }
        return new RouteProbe(
                target,
                overTcp,
                session.since(started),
                tracker.hops(),
                reply == null ? tracker.reply() : reply,
                tracker.stoppedBy(),
                problem);
    }

    /** Whether it is worth asking hops from one on. */
    private boolean goesOn(int hop) {
        return hop <= MAX_HOPS
                && !tracker.ended()
                && tracker.silentBefore(hop) < SILENT_HOPS
                && !session.over();
    }

    private void udp() throws SocketFailure {
        try (NetworkSocket socket = NetworkSocket.open(Kind.UDP, Addresses.of(target.address()))) {
            socket.bindAny();
            socket.collectErrors();
            try (ProbeFlow flow =
                    session.open(IpProtocol.UDP, socket.local().getPort(), target.address(), 0)) {
                java.util.Objects.requireNonNull(flow);
                for (int first = 1; goesOn(first); first += BATCH) {
                    int last = Math.min(MAX_HOPS, first + BATCH - 1);
                    for (int i = 0; i < TRIES && !tracker.ended(); i++) {
                        sendUdp(socket, first, last);
                        awaitUdp(socket, first, last);
                    }
                }
            }
        }
    }

    private void sendUdp(NetworkSocket socket, int first, int last) throws SocketFailure {
        for (int hop = first; hop <= last; hop++) {
            if (!tracker.heardOf(hop)) {
                socket.setHopLimit(hop);
                tracker.sent(hop);
                socket.send(
                        new byte[PAYLOAD_BYTES],
                        new InetSocketAddress(Addresses.of(target.address()), FIRST_PORT + hop));
            }
        }
    }

    private void awaitUdp(NetworkSocket socket, int first, int last) {
        long deadline = session.deadlineAfter(WAIT_NANOS);
        for (long slice = session.sliceUntil(deadline);
                slice > 0 && !complete(first, last);
                slice = session.sliceUntil(deadline)) {
            if (socket.await(false, slice).error()) {
                for (IcmpNotice notice = socket.nextNotice();
                        notice != null;
                        notice = socket.nextNotice()) {
                    tracker.notice(notice.destinationPort() - FIRST_PORT, notice);
                }
                socket.pendingError();
            }
        }
    }

    private boolean complete(int first, int last) {
        for (int hop = first; hop <= last; hop++) {
            if (!tracker.heardOf(hop)) {
                return false;
            }
        }
        return true;
    }

    /** A connection attempt for one hop. */
    private record Syn(int hop, NetworkSocket socket, ProbeFlow flow) {
        void close() {
            socket.close();
            flow.close();
        }
    }

    private void tcp() throws SocketFailure {
        for (int first = 1; goesOn(first); first += BATCH) {
            List<Syn> syns = new ArrayList<>();
            try {
                for (int hop = first; hop <= Math.min(MAX_HOPS, first + BATCH - 1); hop++) {
                    syns.add(syn(hop));
                }
                awaitTcp(syns);
            } finally {
                syns.forEach(Syn::close);
            }
        }
    }

    private Syn syn(int hop) throws SocketFailure {
        NetworkSocket socket = NetworkSocket.open(Kind.TCP, Addresses.of(target.address()));
        ProbeFlow flow = null;
        try {
            socket.bindAny();
            socket.collectErrors();
            socket.setHopLimit(hop);
            flow =
                    session.open(
                            IpProtocol.TCP,
                            socket.local().getPort(),
                            target.address(),
                            target.port());
            tracker.sent(hop);
            socket.connect(Addresses.of(target));
            return new Syn(hop, socket, flow);
        } catch (SocketFailure e) {
            socket.close();
            if (flow != null) {
                flow.close();
            }
            throw e;
        }
    }

    /** Long enough for the kernel's own repeat of the SYN after a second. */
    private void awaitTcp(List<Syn> syns) {
        long deadline = session.deadlineAfter(TRIES * WAIT_NANOS);
        List<Syn> waiting = new ArrayList<>(syns);
        while (!waiting.isEmpty() && session.leftUntil(deadline) > 0) {
            long slice = session.sliceUntil(deadline) / waiting.size();
            waiting.removeIf(syn -> settled(syn, slice));
            if (tracker.ended()) {
                // The rest is behind the target, or as silent as it will be.
                deadline = Math.min(deadline, System.nanoTime() + 2 * ProbeSession.SLICE_NANOS);
            }
        }
    }

    private boolean settled(Syn syn, long slice) {
        NetworkSocket.Ready ready = syn.socket().await(true, slice);
        if (!ready.writable() && !ready.error()) {
            return false;
        }
        IcmpNotice notice = syn.socket().nextNotice();
        if (notice != null) {
            tracker.notice(syn.hop(), notice);
            return true;
        }
        Reason failed = syn.socket().pendingError();
        if (failed == null) {
            tracker.arrived(syn.hop(), Reply.ANSWERED);
        } else if (failed == Reason.REFUSED) {
            tracker.arrived(syn.hop(), Reply.REFUSED);
        }
        return true;
    }
}
