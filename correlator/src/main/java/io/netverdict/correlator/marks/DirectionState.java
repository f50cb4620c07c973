package io.netverdict.correlator.marks;

/**
 * What is remembered of the segments one end of a conversation sent. Sequence numbers are raw, as
 * ints; times are nanoseconds since the epoch.
 */
final class DirectionState {
    /** The SYN has no window scale option: neither side scales (RFC 7323 2.2). */
    private static final int NO_SCALING = -1;

    boolean started;

    /** The SYN's sequence number, or one below the first one captured. */
    int initialSequence;

    /** One past the newest byte sent, and when that came to be so. */
    boolean sent;

    int nextSequence;
    long nextSequenceNanos;

    /** More than the edge of these cannot be acknowledged. */
    final CapturedRanges captured = new CapturedRanges();

    /** Whether acknowledgments beyond that were reported already since the last segment sent. */
    boolean unseenReported;

    /** Whether acknowledgments beyond that are reported only once for each segment sent. */
    boolean unseenReportedOnce;

    /** The acknowledgment number of the newest segment, and its time. */
    boolean acknowledged;

    int lastAcknowledgment;
    long lastAcknowledgmentNanos;

    /** Duplicate ACKs seen since that number was first acknowledged. */
    int duplicateAcks;

    boolean windowSeen;
    int window;
    private boolean windowOfSyn;
    private boolean synSeen;
    private int windowScale;

    /** Marks of the newest segment, as {@link Mark#bit}s. */
    int lastMarks;

    boolean last(Mark mark) {
        return (lastMarks & mark.bit()) != 0;
    }

    boolean expects(int sequence) {
        return sent && sequence == nextSequence;
    }

    boolean lastAcknowledged(int acknowledgment) {
        return acknowledged && acknowledgment == lastAcknowledgment;
    }

    /** Takes in the window scale of a SYN, -1 for none. */
    void offersWindow(int scale) {
        synSeen = true;
        windowScale = scale;
    }

    void advertises(int newWindow, boolean syn) {
        windowSeen = true;
        window = newWindow;
        windowOfSyn = syn;
    }

    /** Whether the window is known in bytes, which takes the SYN. */
    boolean windowBytesKnown() {
        return synSeen && acknowledged;
    }

    /** The newest window in bytes; that of a SYN is never scaled (RFC 7323 2.2). */
    int windowBytes(DirectionState peer) {
        boolean scaled =
                !windowOfSyn
                        && windowScale != NO_SCALING
                        && !(peer.synSeen && peer.windowScale == NO_SCALING);
        return scaled ? window << windowScale : window;
    }
}
