package io.netverdict.correlator.marks;

import static io.netverdict.correlator.marks.SequenceSpace.after;

import io.netverdict.capture.packet.Transport.Tcp;

/**
 * One TCP connection as seen so far: both directions and the handshake's round trip. Constant size,
 * constant time a segment. Not thread-safe.
 */
final class Conversation {
    /** Window scales above 14 mean 14 (RFC 7323 2.3). */
    private static final int MAX_WINDOW_SCALE = 14;

    private final int stream;
    private DirectionState fromLow = new DirectionState();
    private DirectionState fromHigh = new DirectionState();

    private long synNanos = -1;
    private boolean synAckSeen;
    private long roundTripNanos;

    /**
     * @param stream its number in the capture, from 0
     */
    Conversation(int stream) {
        this.stream = stream;
    }

    int stream() {
        return stream;
    }

    /** Whether a SYN belongs to a later connection between the same endpoints. */
    boolean isReplacedBy(boolean low, Tcp segment) {
        return !segment.ack() && startsAnew(low ? fromLow : fromHigh, segment);
    }

    private static boolean startsAnew(DirectionState from, Tcp segment) {
        return segment.syn() && from.started && from.initialSequence != (int) segment.sequence();
    }

    /** Takes in the next segment and returns its marks as {@link Mark#bit}s. */
    int add(boolean low, Tcp segment, long nanos) {
        boolean answersAnew = startsAnew(low ? fromLow : fromHigh, segment);
        if (answersAnew) {
            forget(low);
        }
        DirectionState from = low ? fromLow : fromHigh;
        DirectionState to = low ? fromHigh : fromLow;
        timeHandshake(segment, nanos);
        if (segment.syn()) {
            int scale = segment.options().windowScale();
            from.offersWindow(Math.min(scale, MAX_WINDOW_SCALE));
        }
        int bits = MarkRules.marks(from, to, segment, nanos, roundTripNanos);
        rememberSent(from, segment, nanos, bits);
        rememberReceived(from, to, segment, nanos, bits);
        from.lastMarks = bits;
        return answersAnew ? bits | Mark.PORT_REUSED.bit() : bits;
    }

    private void forget(boolean low) {
        if (low) {
            fromLow = new DirectionState();
        } else {
            fromHigh = new DirectionState();
        }
    }

    private void timeHandshake(Tcp segment, long nanos) {
        if (segment.syn()) {
            if (segment.ack()) {
                synAckSeen = true;
            } else {
                synNanos = nanos;
            }
        } else if (roundTripNanos == 0 && synNanos >= 0 && synAckSeen && segment.ack()) {
            roundTripNanos = nanos - synNanos;
        }
    }

    private static void rememberSent(DirectionState from, Tcp segment, long nanos, int bits) {
        int sequence = (int) segment.sequence();
        if (!from.started) {
            from.started = true;
            from.initialSequence = segment.syn() ? sequence : sequence - 1;
        }
        int occupied = segment.payloadLength() + (segment.has(Tcp.SYN | Tcp.FIN) ? 1 : 0);
        int next = sequence + occupied;
        if ((bits & Mark.LOST_SEGMENT.bit()) != 0
                || !from.lastAcknowledged((int) segment.acknowledgment())) {
            from.unseenReported = false;
        }
        boolean probe = (bits & Mark.ZERO_WINDOW_PROBE.bit()) != 0;
        if (!probe && (!from.sent || after(next, from.nextSequence))) {
            from.sent = true;
            from.nextSequence = next;
            from.nextSequenceNanos = nanos;
        }
        if (!probe) {
            from.captured.add(sequence, next);
        }
    }

    private static void rememberReceived(
            DirectionState from, DirectionState to, Tcp segment, long nanos, int bits) {
        int acknowledgment = (int) segment.acknowledgment();
        if ((bits & Mark.ACK_UNSEEN_SEGMENT.bit()) != 0) {
            if ((bits & Mark.LOST_SEGMENT.bit()) == 0) {
                to.unseenReportedOnce |= to.captured.edge() == to.nextSequence;
                to.unseenReported = to.unseenReportedOnce;
            }
            to.captured.skipTo(to.nextSequence);
        }
        if ((bits & Mark.DUPLICATE_ACK.bit()) != 0) {
            from.duplicateAcks++;
        } else if (!from.lastAcknowledged(acknowledgment)) {
            from.duplicateAcks = 0;
        }
        from.acknowledged = segment.ack();
        from.lastAcknowledgment = acknowledgment;
        from.lastAcknowledgmentNanos = nanos;
        from.advertises(segment.window(), segment.syn());
    }
}
