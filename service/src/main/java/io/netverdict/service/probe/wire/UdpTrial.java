package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.nativelib.socket.IcmpNotice;
import io.netverdict.nativelib.socket.NetworkSocket;
import io.netverdict.nativelib.socket.NetworkSocket.Kind;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.nativelib.socket.SocketFailure.Reason;
import io.netverdict.service.probe.flow.ProbeFlow;
import io.netverdict.service.probe.flow.ProbeSession;
import java.net.InetSocketAddress;

/**
 * Tries sizes with datagrams to ports on which nothing listens; the host's "port unreachable" says
 * that one arrived. Hosts send few of those a second, so that every try waits long.
 */
final class UdpTrial implements MtuTrial, AutoCloseable {
    private static final int FIRST_PORT = 33_500;
    private static final int PORTS = 400;
    private static final int TRIES = 2;
    private static final long WAIT_NANOS = 1_100_000_000L;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int V4_HEADER_BYTES = 20;
    private static final int V6_HEADER_BYTES = 40;

    private final ProbeSession session;
    private final IpAddress target;
    private final NetworkSocket socket;
    private final ProbeFlow flow;
    private int tried;

    UdpTrial(ProbeSession session, IpAddress target) throws SocketFailure {
        this.session = session;
        this.target = target;
        this.socket = NetworkSocket.open(Kind.UDP, Addresses.of(target));
        try {
            socket.bindAny();
            socket.forbidFragments();
            socket.collectErrors();
            flow = session.open(IpProtocol.UDP, socket.local().getPort(), target, 0);
        } catch (SocketFailure e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Outcome send(int packetBytes) throws SocketFailure {
        int headers = UDP_HEADER_BYTES + (target.v6() ? V6_HEADER_BYTES : V4_HEADER_BYTES);
        byte[] datagram = new byte[Math.max(0, packetBytes - headers)];
        int first = tried;
        for (int i = 0; i < TRIES && !session.over(); i++) {
            int port = FIRST_PORT + tried++ % PORTS;
            try {
                socket.send(datagram, new InetSocketAddress(Addresses.of(target), port));
            } catch (SocketFailure e) {
                if (e.reason() == Reason.TOO_LARGE) {
                    return Outcome.LOST;
                }
                throw e;
            }
            Outcome outcome = await(FIRST_PORT + first % PORTS);
            if (outcome != null) {
                return outcome;
            }
        }
        return Outcome.LOST;
    }

    /** The outcome of the tries since one to a port; null where nothing comes. */
    private Outcome await(int firstPort) {
        long deadline = session.deadlineAfter(WAIT_NANOS);
        for (long slice = session.sliceUntil(deadline);
                slice > 0;
                slice = session.sliceUntil(deadline)) {
            if (!socket.await(false, slice).error()) {
                continue;
            }
            for (IcmpNotice notice = socket.nextNotice();
                    notice != null;
                    notice = socket.nextNotice()) {
                if (notice.destinationPort() < firstPort) {
                    continue;
                }
                if (notice.mtuBytes() >= 0) {
                    return new Outcome(false, notice.mtuBytes(), Addresses.of(notice.reporter()));
                }
                if (notice.portUnreachable() && target.equals(Addresses.of(notice.reporter()))) {
                    return Outcome.PASSED;
                }
            }
            socket.pendingError();
        }
        return null;
    }

    @Override
    public void close() {
        socket.close();
        flow.close();
    }
}
