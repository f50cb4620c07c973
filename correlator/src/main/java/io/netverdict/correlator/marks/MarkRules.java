package io.netverdict.correlator.marks;

import static io.netverdict.correlator.marks.SequenceSpace.after;
import static io.netverdict.correlator.marks.SequenceSpace.before;

import io.netverdict.capture.packet.Transport.Tcp;

/**
 * Decides the marks of one segment from what both directions sent before it; changes nothing.
 *
 * <p>Definitions: Wireshark User's Guide, "TCP Analysis". Where the guide leaves something open,
 * what tshark prints for the case was taken as the definition; each such place says so.
 */
final class MarkRules {
    /** An acknowledgment at most this old can have triggered a fast retransmission. */
    static final long FAST_RETRANSMISSION_NANOS = 20_000_000;

    /** How late a segment may come and count as reordered, where the round trip is not known. */
    static final long DEFAULT_REORDERING_NANOS = 3_000_000;

    /** Repeated acknowledgments that let a sender retransmit before its timer (RFC 5681 3.2). */
    static final int FAST_RETRANSMISSION_DUPLICATES = 2;

    private MarkRules() {}

    /**
     * The marks of a segment, as {@link Mark#bit}s.
     *
     * @param from what its sender sent before
     * @param to what its receiver sent before
     * @param roundTripNanos of the handshake, or 0 where it was not captured
     */
    static int marks(
            DirectionState from, DirectionState to, Tcp segment, long nanos, long roundTripNanos) {
        boolean control = segment.has(Tcp.SYN | Tcp.FIN | Tcp.RST);
        int bits = 0;
        if (isZeroWindowProbe(from, to, segment)) {
            bits |= Mark.ZERO_WINDOW_PROBE.bit();
        } else if (!control) {
            bits |= windowAndLiveness(from, to, segment);
        }
        int sequence = (int) segment.sequence();
        if (!segment.rst() && from.sent && after(sequence, from.nextSequence)) {
            bits |= Mark.LOST_SEGMENT.bit();
        }
        if (segment.ack()
                && to.captured.started()
                && !to.unseenReported
                && after((int) segment.acknowledgment(), to.captured.edge())) {
            bits |= Mark.ACK_UNSEEN_SEGMENT.bit();
        }
        if ((bits & Mark.KEEP_ALIVE.bit()) == 0) {
            bits |= repeated(from, to, segment, nanos, roundTripNanos);
        }
        return bits;
    }

    private static boolean isZeroWindowProbe(DirectionState from, DirectionState to, Tcp segment) {
        return segment.payloadLength() == 1
                && from.expects((int) segment.sequence())
                && to.windowSeen
                && to.window == 0;
    }

    /** Marks that only segments without SYN, FIN and RST can have. */
    private static int windowAndLiveness(DirectionState from, DirectionState to, Tcp segment) {
        int bits = 0;
        int sequence = (int) segment.sequence();
        int length = segment.payloadLength();
        if (segment.window() == 0) {
            bits |= Mark.ZERO_WINDOW.bit();
        }
        if (length <= 1 && from.sent && sequence == from.nextSequence - 1) {
            bits |= Mark.KEEP_ALIVE.bit();
        }
        if (length > 0 && fillsWindow(from, to, sequence + length)) {
            bits |= Mark.WINDOW_FULL.bit();
        }
        return bits | repeatedAcknowledgment(from, to, segment);
    }

    /** Whether a segment says nothing but what its sender acknowledged before. */
    static boolean repeatsAcknowledgment(DirectionState from, Tcp segment) {
        return segment.payloadLength() == 0
                && !segment.has(Tcp.SYN | Tcp.FIN | Tcp.RST)
                && from.expects((int) segment.sequence())
                && from.lastAcknowledged((int) segment.acknowledgment());
    }

    private static boolean fillsWindow(DirectionState from, DirectionState to, int end) {
        return to.windowBytesKnown() && end == to.lastAcknowledgment + to.windowBytes(from);
    }

    private static int repeatedAcknowledgment(DirectionState from, DirectionState to, Tcp segment) {
        if (!repeatsAcknowledgment(from, segment)) {
            return 0;
        }
        if (segment.window() == 0) {
            return to.last(Mark.ZERO_WINDOW_PROBE) ? Mark.ZERO_WINDOW_PROBE_ACK.bit() : 0;
        }
        if (segment.window() != from.window) {
            return Mark.WINDOW_UPDATE.bit();
        }
        return to.last(Mark.KEEP_ALIVE) ? Mark.KEEP_ALIVE_ACK.bit() : Mark.DUPLICATE_ACK.bit();
    }

    /** Tells retransmissions and reordering apart for a segment older than the newest. */
    private static int repeated(
            DirectionState from, DirectionState to, Tcp segment, long nanos, long roundTripNanos) {
        int sequence = (int) segment.sequence();
        int length = segment.payloadLength();
        int end = sequence + length + (segment.has(Tcp.SYN | Tcp.FIN) ? 1 : 0);
        if (end == sequence) {
            return 0;
        }
        // Known from the other side alone, so also where the first copy was not captured.
        if (length > 0 && to.acknowledged && !after(end, to.lastAcknowledgment)) {
            return Mark.RETRANSMISSION.bit() | Mark.SPURIOUS_RETRANSMISSION.bit();
        }
        if (!from.sent || !before(sequence, from.nextSequence)) {
            return 0;
        }
        // The one byte of a probe was not accepted: sending it with the rest is no repetition.
        if (length > 1 && sequence == from.nextSequence - 1) {
            return 0;
        }
        if (to.duplicateAcks >= FAST_RETRANSMISSION_DUPLICATES
                && to.lastAcknowledgment == sequence
                && nanos - to.lastAcknowledgmentNanos < FAST_RETRANSMISSION_NANOS) {
            return Mark.RETRANSMISSION.bit() | Mark.FAST_RETRANSMISSION.bit();
        }
        long threshold = roundTripNanos > 0 ? roundTripNanos : DEFAULT_REORDERING_NANOS;
        boolean bringsNewestByte = end == from.nextSequence;
        if (nanos - from.nextSequenceNanos < threshold && !bringsNewestByte) {
            return Mark.OUT_OF_ORDER.bit();
        }
        return Mark.RETRANSMISSION.bit();
    }
}
