package io.netverdict.capture.ring;

/**
 * The layout of a ring file: a header of {@value #HEADER_BYTES} bytes, then the segments.
 * Big-endian.
 *
 * <pre>
 *      0  magic (long)
 *      8  format version (int)
 *     12  segment size (int)
 *     16  segments (int)
 *     24  start of numbering (long), nanoseconds since the epoch
 *     32  newest data ever overwritten (long), nanoseconds since the epoch
 *     40  newest deciding packet ever overwritten (long)
 *     48  gaps (int)
 *   1024  gaps: from and to (two longs each), nanoseconds since the epoch
 *   4096  interfaces, {@value #INTERFACE_BYTES} bytes each: name length, link type, snap length
 *         (three ints), name (UTF-8)
 * </pre>
 */
final class RingFileDescriptor {
    static final int HEADER_BYTES = 1 << 16;

    /** {@code NVRING} and two bytes that no text has. */
    static final long MAGIC = 0x4E56_5249_4E47_001AL;

    /** Changes with the layout of the header, of segments, records or flow entries. */
    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int SEGMENT_BYTES_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int SEGMENT_COUNT_OFFSET = SEGMENT_BYTES_OFFSET + Integer.BYTES;
    static final int EPOCH_OFFSET = 24;
    static final int DATA_HORIZON_OFFSET = EPOCH_OFFSET + Long.BYTES;
    static final int DECIDING_HORIZON_OFFSET = DATA_HORIZON_OFFSET + Long.BYTES;
    static final int GAP_COUNT_OFFSET = DECIDING_HORIZON_OFFSET + Long.BYTES;
    static final int FIXED_BYTES = 64;

    static final int MAX_GAPS = 64;
    static final int MAX_NAME_BYTES = 48;
    static final int INTERFACE_BYTES = 64;
    static final int NAME_LENGTH_OFFSET = 0;
    static final int LINK_TYPE_OFFSET = NAME_LENGTH_OFFSET + Integer.BYTES;
    static final int SNAP_LENGTH_OFFSET = LINK_TYPE_OFFSET + Integer.BYTES;
    static final int NAME_OFFSET = SNAP_LENGTH_OFFSET + Integer.BYTES;

    private static final int GAPS_OFFSET = 1024;
    private static final int INTERFACES_OFFSET = 4096;

    private RingFileDescriptor() {}

    static int gapOffset(int index) {
        return GAPS_OFFSET + index * 2 * Long.BYTES;
    }

    static int interfaceOffset(int index) {
        return INTERFACES_OFFSET + index * INTERFACE_BYTES;
    }
}
