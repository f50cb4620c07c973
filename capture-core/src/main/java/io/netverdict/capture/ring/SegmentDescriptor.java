package io.netverdict.capture.ring;

/**
 * The layout of a segment: header, hash buckets of the flow entries, packet records growing
 * upwards, flow entries growing downwards from the end. Big-endian.
 *
 * <pre>
 *   0         64          records start      committed     tail          end
 *   +---------+-----------+------------------+-------------+-------------+
 *   | header  | buckets   | records       -> |    free     | &lt;- entries  |
 *   +---------+-----------+------------------+-------------+-------------+
 *
 *   header:  0  generation (long); 0 while the segment is not to be read
 *            8  committed (int): end of the readable records
 *           12  tail (int): start of the newest flow entry
 *           16  first time (long), nanoseconds since the epoch, 0 when empty
 *           24  last time (long)
 *           32  packets (int)
 *           36  interface index (int)
 *           40  link type (int), LINKTYPE_*
 *           44  kind (int), see {@link SegmentKind}
 *           48  number base (long): what a packet's time and lead are added to for its number
 *           56  deciding packets among the data (int): 0 or 1
 * </pre>
 *
 * A flow's entries live and die with the packets they point to, so the index needs no eviction and
 * no memory beyond the budget.
 */
public final class SegmentDescriptor {
    public static final int GENERATION_OFFSET = 0;
    public static final int COMMITTED_OFFSET = GENERATION_OFFSET + Long.BYTES;
    public static final int TAIL_OFFSET = COMMITTED_OFFSET + Integer.BYTES;
    public static final int FIRST_TIME_OFFSET = TAIL_OFFSET + Integer.BYTES;
    public static final int LAST_TIME_OFFSET = FIRST_TIME_OFFSET + Long.BYTES;
    public static final int PACKETS_OFFSET = LAST_TIME_OFFSET + Long.BYTES;
    public static final int INTERFACE_OFFSET = PACKETS_OFFSET + Integer.BYTES;

    public static final int LINK_TYPE_OFFSET = INTERFACE_OFFSET + Integer.BYTES;
    public static final int KIND_OFFSET = LINK_TYPE_OFFSET + Integer.BYTES;
    public static final int NUMBER_BASE_OFFSET = KIND_OFFSET + Integer.BYTES;
    public static final int MIXED_OFFSET = NUMBER_BASE_OFFSET + Long.BYTES;

    /** A cache line: what the writer updates does not share one with the buckets. */
    public static final int HEADER_BYTES = 64;

    public static final int BUCKETS_OFFSET = HEADER_BYTES;
    public static final int BUCKET_BYTES = Integer.BYTES;

    /** A bucket for as many bytes, so that a segment of small packets has few to a bucket. */
    private static final int BYTES_PER_BUCKET = 256;

    /** The generation of a segment that is being cleared or was never used. */
    public static final long NO_GENERATION = 0;

    private SegmentDescriptor() {}

    /** A power of two, because segment sizes are. */
    public static int bucketCount(int segmentBytes) {
        return segmentBytes / BYTES_PER_BUCKET;
    }

    /** Where the first record begins. */
    public static int recordsOffset(int segmentBytes) {
        return BUCKETS_OFFSET + bucketCount(segmentBytes) * BUCKET_BYTES;
    }
}
