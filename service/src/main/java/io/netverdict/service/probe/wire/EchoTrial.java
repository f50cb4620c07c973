package io.netverdict.service.probe.wire;

import io.netverdict.nativelib.socket.IcmpNotice;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.nativelib.socket.SocketFailure.Reason;
import io.netverdict.service.probe.flow.ProbeSession;

/** Tries sizes with echoes, whose replies are as large. */
final class EchoTrial implements MtuTrial {
    private static final int TRIES = 3;
    private static final long LEAST_WAIT_NANOS = 150_000_000L;
    private static final long MOST_WAIT_NANOS = 1_000_000_000L;

    private final ProbeSession session;
    private final EchoSocket socket;
    private final long waitNanos;
    private int sequence;

    /**
     * @param roundTripNanos of a small echo
     */
    EchoTrial(ProbeSession session, EchoSocket socket, long roundTripNanos) {
        this.session = session;
        this.socket = socket;
        this.waitNanos = Math.max(LEAST_WAIT_NANOS, Math.min(MOST_WAIT_NANOS, 4 * roundTripNanos));
    }

    @Override
    public Outcome send(int packetBytes) throws SocketFailure {
        int first = sequence + 1;
        for (int i = 0; i < TRIES && !session.over(); i++) {
            try {
                socket.send(++sequence & 0xFFFF, packetBytes);
            } catch (SocketFailure e) {
                if (e.reason() == Reason.TOO_LARGE) {
                    return Outcome.LOST;
                }
                throw e;
            }
            long deadline = session.deadlineAfter(waitNanos);
            for (EchoSocket.Answer answer = socket.await(deadline);
                    answer != null;
                    answer = socket.await(deadline)) {
                if (answer.sequence() < (first & 0xFFFF)) {
                    continue;
                }
                IcmpNotice notice = answer.notice();
                if (notice == null) {
                    return Outcome.PASSED;
                }
                if (notice.mtuBytes() >= 0) {
                    return new Outcome(false, notice.mtuBytes(), Addresses.of(notice.reporter()));
                }
            }
        }
        return Outcome.LOST;
    }
}
