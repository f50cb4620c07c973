package io.netverdict.capture.ring;

/**
 * The layout of one recorded packet within a segment; big-endian, aligned to eight bytes.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-------------------------------+-------------------------------+
 *  0|  record length (with header and padding)                      |
 *   +---------------------------------------------------------------+
 *  4|  captured length                                              |
 *   +---------------------------------------------------------------+
 *  8|  time, nanoseconds since the epoch                            |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 16|  running number, unique and ascending over all rings of a pool|
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 24|  wire length                                                  |
 *   +---------------------------------------------------------------+
 * 28|  offset of the previous packet of the same flow in the same   |
 *   |  segment, 0 for none                                          |
 *   +-------------------------------+---------------+---------------+
 * 32|  interface index              |  direction    |  reserved     |
 *   +-------------------------------+---------------+---------------+
 * 36|  link type (LINKTYPE_*)                                       |
 *   +---------------------------------------------------------------+
 * 40|  captured bytes, from the link header on                    ...
 * </pre>
 *
 * The direction is the ordinal of {@link io.netverdict.capture.packet.PacketDirection}.
 */
public final class RecordDescriptor {
    public static final int RECORD_LENGTH_OFFSET = 0;
    public static final int CAPTURED_LENGTH_OFFSET = RECORD_LENGTH_OFFSET + Integer.BYTES;
    public static final int TIME_OFFSET = CAPTURED_LENGTH_OFFSET + Integer.BYTES;
    public static final int NUMBER_OFFSET = TIME_OFFSET + Long.BYTES;
    public static final int WIRE_LENGTH_OFFSET = NUMBER_OFFSET + Long.BYTES;
    public static final int PREVIOUS_OFFSET = WIRE_LENGTH_OFFSET + Integer.BYTES;
    public static final int INTERFACE_OFFSET = PREVIOUS_OFFSET + Integer.BYTES;
    public static final int DIRECTION_OFFSET = INTERFACE_OFFSET + Short.BYTES;
    public static final int LINK_TYPE_OFFSET = INTERFACE_OFFSET + Integer.BYTES;
    public static final int HEADER_BYTES = LINK_TYPE_OFFSET + Integer.BYTES;
    public static final int ALIGNMENT = Long.BYTES;

    /** No previous packet: offset 0 is the segment's header, never a record. */
    public static final int NO_PREVIOUS = 0;

    private RecordDescriptor() {}

    /** Bytes a packet takes in a segment. */
    public static int recordLength(int capturedLength) {
        return (HEADER_BYTES + capturedLength + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
