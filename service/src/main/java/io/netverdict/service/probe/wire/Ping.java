package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.probe.PingProbe;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.service.probe.flow.ProbeSession;

/** Three echoes, one after the other's answer. */
public final class Ping {
    private static final int ECHOES = 3;
    private static final int PACKET_BYTES = 84;
    private static final long TIMEOUT_NANOS = 1_000_000_000L;

    private Ping() {}

    /** Pings a host. */
    public static PingProbe to(ProbeSession session, IpAddress target) {
        long started = session.nowNanos();
        int sent = 0;
        int received = 0;
        long best = -1;
        String problem = null;
        try (EchoSocket socket = EchoSocket.open(session, target)) {
            while (sent < ECHOES && !session.over()) {
                long start = System.nanoTime();
                socket.send(++sent, PACKET_BYTES);
                long deadline = session.deadlineAfter(TIMEOUT_NANOS);
                EchoSocket.Answer answer = socket.await(deadline);
                while (answer != null && answer.sequence() != sent) {
                    answer = socket.await(deadline);
                }
                if (answer != null && answer.notice() == null) {
                    long trip = System.nanoTime() - start;
                    best = best < 0 ? trip : Math.min(best, trip);
                    received++;
                } else if (answer != null) {
                    problem =
                            "ICMP type "
                                    + answer.notice().type()
                                    + " code "
                                    + answer.notice().code()
                                    + " from "
                                    + Addresses.of(answer.notice().reporter());
                }
            }
        } catch (SocketFailure e) {
            problem = e.getMessage();
        }
        return new PingProbe(target, session.since(started), sent, received, best, problem);
    }
}
