package io.netverdict.capture.ring;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The memory budget, cut into segments that the rings of all interfaces share.
 *
 * <p>A ring that needs room takes an unused segment, or else the one whose newest packet is the
 * oldest of all, whichever ring wrote it: a busy interface gets the memory that an idle one does
 * not need, and all reach back equally far. A segment that a ring is writing is never taken.
 *
 * <p>Segments of {@linkplain SegmentKind#DECIDING deciding packets} are left alone as long as they
 * are at most an {@value #DECIDING_SHARE}th of all; beyond that they are segments like others. So
 * deciding packets reach back at least as far as the rest, and much further where they are few.
 *
 * <p>The lock is taken once a segment, never for a packet. The memory is freed when its creator and
 * every reader that has {@linkplain #retain() retained} the pool have released it.
 */
public final class SegmentPool extends AbstractReferenceCounted {
    /** Room for a few packets of the largest snap length, and for several interfaces. */
    public static final long MIN_BUDGET_BYTES = 8L << 20;

    private static final int MIN_SEGMENT_BYTES = 1 << 20;
    private static final int MAX_SEGMENT_BYTES = 16 << 20;

    /** A segment is lost at a time and every idle interface holds one: this share is small. */
    private static final int WANTED_SEGMENTS = 128;

    /** The part of the memory that deciding packets hold against data: one in so many. */
    static final int DECIDING_SHARE = 8;

    private final RingFile file;
    private final List<ByteBuf> memory = new ArrayList<>();
    private final Segment[] segments;

    /** The ring a segment belongs to, null for none; with {@link #sealed} guarded by this. */
    private final PacketRing[] owners;

    private final boolean[] sealed;
    private final int segmentBytes;
    private long generations = SegmentDescriptor.NO_GENERATION;
    private long dataHorizonNanos;
    private long decidingHorizonNanos;

    /**
     * Takes the memory.
     *
     * @param budgetBytes at least {@link #MIN_BUDGET_BYTES}; rounded down to whole segments
     * @throws IllegalArgumentException where the budget is too small or the JVM refuses as much
     */
    public SegmentPool(long budgetBytes) {
        if (budgetBytes < MIN_BUDGET_BYTES) {
            throw new IllegalArgumentException(
                    "budgetBytes=" + budgetBytes + " is less than " + MIN_BUDGET_BYTES);
        }
        file = null;
        segmentBytes = segmentBytes(budgetBytes);
        int count = Math.toIntExact(budgetBytes / segmentBytes);
        segments = new Segment[count];
        owners = new PacketRing[count];
        sealed = new boolean[count];
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
        try {
            for (int i = 0; i < count; i++) {
                memory.add(allocator.directBuffer(segmentBytes, segmentBytes));
                ByteBuffer buffer = memory.get(i).nioBuffer(0, segmentBytes);
                segments[i] = new Segment(buffer.order(ByteOrder.BIG_ENDIAN), segmentBytes);
            }
        } catch (OutOfMemoryError e) {
            deallocate();
            throw new IllegalArgumentException(
                    "budgetBytes="
                            + budgetBytes
                            + " is more than Java may take outside its heap: raise"
                            + " -XX:MaxDirectMemorySize",
                    e);
        }
    }

    /**
     * Takes a file's memory; {@link #restore} finds again what is in it.
     *
     * @param file closed with the pool
     * @throws IOException where it cannot be mapped
     */
    public SegmentPool(RingFile file) throws IOException {
        this.file = file;
        segmentBytes = file.segmentBytes();
        int count = file.segmentCount();
        segments = new Segment[count];
        owners = new PacketRing[count];
        sealed = new boolean[count];
        for (int i = 0; i < count; i++) {
            segments[i] = new Segment(file.map(i), segmentBytes);
        }
    }

    /**
     * Finds again what an earlier process left in the file; before the first ring writes.
     *
     * @param restorer makes a segment readable and tells whose it is, or null for nobody's
     */
    public synchronized void restore(Function<Segment, PacketRing> restorer) {
        dataHorizonNanos = file.dataHorizonNanos();
        decidingHorizonNanos = file.decidingHorizonNanos();
        for (int i = 0; i < segments.length; i++) {
            boolean used = segments[i].generation() != SegmentDescriptor.NO_GENERATION;
            segments[i].withdraw();
            owners[i] = used ? restorer.apply(segments[i]) : null;
            if (owners[i] != null) {
                sealed[i] = true;
                segments[i].publish(++generations);
            }
        }
    }

    static int segmentBytes(long budgetBytes) {
        long wanted = Long.highestOneBit(budgetBytes / WANTED_SEGMENTS);
        return (int) Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, wanted));
    }

    /** Size of each segment. */
    public int segmentBytes() {
        return segmentBytes;
    }

    /** What was taken of the budget. */
    public long bytes() {
        return (long) segmentBytes * segments.length;
    }

    /** All segments, whatever is in them. */
    public List<Segment> segments() {
        return List.of(segments);
    }

    /**
     * The time of the newest packet that was ever overwritten, nanoseconds since the epoch: the
     * recording is complete from there on. 0 while nothing has been.
     */
    public synchronized long horizonNanos() {
        return Math.max(dataHorizonNanos, decidingHorizonNanos);
    }

    /** The same of deciding packets alone: all of those after it are still there. */
    public synchronized long decidingHorizonNanos() {
        return decidingHorizonNanos;
    }

    /** Segments that belong to a ring. */
    synchronized int segmentsOf(PacketRing ring) {
        int count = 0;
        for (PacketRing owner : owners) {
            if (owner == ring) {
                count++;
            }
        }
        return count;
    }

    /** The oldest packet's time in a ring's segments of a kind, or 0. */
    synchronized long firstNanosOf(PacketRing ring, SegmentKind kind) {
        long first = 0;
        for (int i = 0; i < segments.length; i++) {
            boolean wanted = owners[i] == ring && segments[i].kind() == kind;
            long nanos = wanted ? segments[i].firstNanos() : 0;
            if (nanos != 0 && (first == 0 || nanos < first)) {
                first = nanos;
            }
        }
        return first;
    }

    /**
     * Gives a ring a clean segment, after sealing the one it has filled.
     *
     * @param filled the ring's current segment, or null
     * @return null where every segment is being written by another ring, or for {@link
     *     SegmentKind#DECIDING} half of them are: data comes first then
     */
    synchronized Segment acquire(PacketRing ring, Segment filled, SegmentKind kind) {
        seal(filled);
        if (kind == SegmentKind.DECIDING && beingWritten() >= segments.length / 2) {
            return null;
        }
        int taken = oldest(isDecidingSpared(kind));
        if (taken < 0) {
            taken = oldest(false);
        }
        if (taken < 0) {
            return null;
        }
        Segment segment = segments[taken];
        if (owners[taken] != null) {
            forget(segment, owners[taken]);
        }
        owners[taken] = ring;
        sealed[taken] = false;
        segment.restart(++generations, ring.interfaceIndex(), ring.linkType(), kind);
        return segment;
    }

    private int beingWritten() {
        int count = 0;
        for (int i = 0; i < segments.length; i++) {
            count += owners[i] != null && !sealed[i] ? 1 : 0;
        }
        return count;
    }

    /** Whether deciding packets hold less than their share, one more segment of a kind included. */
    private boolean isDecidingSpared(SegmentKind more) {
        int count = more == SegmentKind.DECIDING ? 1 : 0;
        for (int i = 0; i < segments.length; i++) {
            count += owners[i] != null && segments[i].kind() == SegmentKind.DECIDING ? 1 : 0;
        }
        return count <= Math.max(1, segments.length / DECIDING_SHARE);
    }

    /** An unused segment, or the one that may be taken whose newest packet is oldest; -1: none. */
    private int oldest(boolean spareDeciding) {
        int oldest = -1;
        long oldestNanos = Long.MAX_VALUE;
        for (int i = 0; i < segments.length; i++) {
            if (owners[i] == null) {
                return i;
            }
            boolean spared = spareDeciding && segments[i].kind() == SegmentKind.DECIDING;
            if (sealed[i] && !spared && segments[i].lastNanos() < oldestNanos) {
                oldest = i;
                oldestNanos = segments[i].lastNanos();
            }
        }
        return oldest;
    }

    private void forget(Segment segment, PacketRing owner) {
        owner.addOverwritten(segment.packets());
        if (segment.kind() == SegmentKind.DATA) {
            dataHorizonNanos = Math.max(dataHorizonNanos, segment.lastNanos());
        }
        if (segment.kind() == SegmentKind.DECIDING || segment.isMixed()) {
            decidingHorizonNanos = Math.max(decidingHorizonNanos, segment.lastNanos());
        }
        if (file != null) {
            file.putHorizons(dataHorizonNanos, decidingHorizonNanos);
        }
    }

    /** Lets a segment be overwritten from now on; null is ignored. */
    synchronized void seal(Segment segment) {
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] == segment) {
                sealed[i] = true;
            }
        }
    }

    /** Takes a sealed segment back; false where another ring has taken it. */
    synchronized boolean unseal(PacketRing ring, Segment segment) {
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] == segment && owners[i] == ring) {
                sealed[i] = false;
                return true;
            }
        }
        return false;
    }

    @Override
    protected void deallocate() {
        memory.forEach(ByteBuf::release);
        memory.clear();
        if (file != null) {
            file.close();
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}
