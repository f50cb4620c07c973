package io.netverdict.capture.ring;

/**
 * The layout of one recorded packet within a segment; big-endian, aligned to eight bytes.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------------------------------------------------------+
 *  0|  time, nanoseconds since the epoch                            |
 *   |                                                               |
 *   +-----------------------------------------------+---------------+
 *  8|  captured length                              |  direction    |
 *   +-----------------------------------------------+---------------+
 * 12|  wire length                                                  |
 *   +---------------------------------------------------------------+
 * 16|  offset of the previous packet of the same flow in the same   |
 *   |  segment, 0 for none                                          |
 *   +---------------------------------------------------------------+
 * 20|  lead: how far the packet's number is ahead of its time, ns   |
 *   +---------------------------------------------------------------+
 * 24|  captured bytes, from the link header on                    ...
 * </pre>
 *
 * The direction is the ordinal of {@link io.netverdict.capture.packet.PacketDirection}. What is the
 * same for all packets of a segment, interface and link type, is in the segment's header: a header
 * of 24 bytes instead of 40 lets a ring of cut packets reach back a seventh further.
 */
public final class RecordDescriptor {
    public static final int TIME_OFFSET = 0;
    public static final int CAPTURED_LENGTH_OFFSET = TIME_OFFSET + Long.BYTES;
    public static final int WIRE_LENGTH_OFFSET = CAPTURED_LENGTH_OFFSET + Integer.BYTES;
    public static final int PREVIOUS_OFFSET = WIRE_LENGTH_OFFSET + Integer.BYTES;
    public static final int LEAD_OFFSET = PREVIOUS_OFFSET + Integer.BYTES;
    public static final int HEADER_BYTES = LEAD_OFFSET + Integer.BYTES;
    public static final int ALIGNMENT = Long.BYTES;

    /** The captured length stands above the direction in one word. */
    public static final int CAPTURED_LENGTH_SHIFT = Byte.SIZE;

    public static final int DIRECTION_MASK = 0xFF;

    /** No previous packet: offset 0 is the segment's header, never a record. */
    public static final int NO_PREVIOUS = 0;

    private RecordDescriptor() {}

    /** Bytes a packet takes in a segment. */
    public static int recordLength(int capturedLength) {
        return (HEADER_BYTES + capturedLength + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
