package io.netverdict.capture.index;

/**
 * The layout of a flow's entry in a segment; big-endian, aligned to eight bytes.
 *
 * <pre>
 *    0  next entry in the same bucket (int offset, 0 for none), always an older one
 *    4  hash of the key (int)
 *    8  protocol (int) with a bit for IPv6, as FlowTuple has it
 *   12  ports (two unsigned shorts: low end, high end)
 *   16  low end's address (two longs)
 *   32  high end's address (two longs)
 *   48  first time (long), nanoseconds since the epoch
 *   56  last time (long)
 *   64  newest record (int offset), 0 until there is one
 *   68  packets (int)
 *   72  bytes on the wire (long)
 * </pre>
 *
 * Everything up to the first time is written once, before readers can find the entry. The rest
 * changes under their eyes, the newest record last; each value is whole.
 */
public final class FlowEntryDescriptor {
    public static final int NEXT_OFFSET = 0;
    public static final int HASH_OFFSET = NEXT_OFFSET + Integer.BYTES;
    public static final int PROTOCOL_OFFSET = HASH_OFFSET + Integer.BYTES;
    public static final int PORTS_OFFSET = PROTOCOL_OFFSET + Integer.BYTES;
    public static final int LOW_ADDRESS_OFFSET = PORTS_OFFSET + Integer.BYTES;
    public static final int HIGH_ADDRESS_OFFSET = LOW_ADDRESS_OFFSET + 2 * Long.BYTES;
    public static final int FIRST_TIME_OFFSET = HIGH_ADDRESS_OFFSET + 2 * Long.BYTES;
    public static final int LAST_TIME_OFFSET = FIRST_TIME_OFFSET + Long.BYTES;
    public static final int NEWEST_OFFSET = LAST_TIME_OFFSET + Long.BYTES;
    public static final int PACKETS_OFFSET = NEWEST_OFFSET + Integer.BYTES;
    public static final int WIRE_BYTES_OFFSET = PACKETS_OFFSET + Integer.BYTES;
    public static final int ENTRY_BYTES = WIRE_BYTES_OFFSET + Long.BYTES;

    /** No entry: offset 0 is the segment's header. */
    static final int NO_ENTRY = 0;

    private FlowEntryDescriptor() {}
}
