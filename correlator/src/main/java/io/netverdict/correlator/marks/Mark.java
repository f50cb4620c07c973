package io.netverdict.correlator.marks;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a TCP segment looks like next to those before it, from the point of view of the capture.
 *
 * <p>The names and meanings are the field's: those of the "TCP Analysis" section of the Wireshark
 * User's Guide. A mark says what the sequence numbers show; it does not say whose fault it is.
 */
public enum Mark {
    /** Repeats sequence numbers that were sent before. */
    RETRANSMISSION,
    /** A retransmission within 20 ms of the third or later identical acknowledgment. */
    FAST_RETRANSMISSION,
    /** Repeats data that the receiver is known to have acknowledged. */
    SPURIOUS_RETRANSMISSION,
    /** Older than the newest segment, but too soon behind it to be a retransmission. */
    OUT_OF_ORDER,
    /** Sequence numbers before this segment were not captured. */
    LOST_SEGMENT,
    /** Acknowledges data that was not captured. */
    ACK_UNSEEN_SEGMENT,
    /** Repeats the last acknowledgment without data or window change. */
    DUPLICATE_ACK,
    /** Advertises a receive window of zero. */
    ZERO_WINDOW,
    /** One byte sent into a window of zero. */
    ZERO_WINDOW_PROBE,
    /** The answer to a zero-window probe, the window still zero. */
    ZERO_WINDOW_PROBE_ACK,
    /** Uses up the window that the receiver advertised. */
    WINDOW_FULL,
    /** Changes the window and nothing else. */
    WINDOW_UPDATE,
    /** Nothing or one byte, one below the next sequence number (RFC 9293 3.8.4). */
    KEEP_ALIVE,
    /** The answer to a keep-alive. */
    KEEP_ALIVE_ACK,
    /** A SYN that starts a new connection between endpoints that had one. */
    PORT_REUSED;

    private static final Mark[] VALUES = values();

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As printed: {@code fast-retransmission}. */
    public String label() {
        return label;
    }

    /** Whether a mark is one of the kinds of retransmission. */
    public boolean isRetransmission() {
        return this == RETRANSMISSION
                || this == FAST_RETRANSMISSION
                || this == SPURIOUS_RETRANSMISSION;
    }

    /** This mark's bit in a set kept as an int. */
    int bit() {
        return 1 << ordinal();
    }

    /** The set that an int stands for. */
    static Set<Mark> setOf(int bits) {
        if (bits == 0) {
            return Set.of();
        }
        EnumSet<Mark> set = EnumSet.noneOf(Mark.class);
        for (Mark mark : VALUES) {
            if ((bits & mark.bit()) != 0) {
                set.add(mark);
            }
        }
        return set;
    }
}
