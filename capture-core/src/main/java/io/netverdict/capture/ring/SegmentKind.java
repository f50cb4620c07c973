package io.netverdict.capture.ring;

/** Which packets a segment takes; the ordinal is in {@link SegmentDescriptor#KIND_OFFSET}. */
public enum SegmentKind {
    /** Whatever comes. */
    DATA,
    /**
     * The packets that decide verdicts: handshakes and ends of connections, DNS, ICMP, ARP. They
     * are few, so that a small part of the memory remembers them for long.
     */
    DECIDING;

    private static final SegmentKind[] KINDS = values();

    /** The kind of that ordinal; {@link #DATA} for any other number. */
    static SegmentKind of(int ordinal) {
        return ordinal == DECIDING.ordinal() ? DECIDING : KINDS[0];
    }
}
