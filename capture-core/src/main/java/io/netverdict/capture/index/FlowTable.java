package io.netverdict.capture.index;

import static io.netverdict.capture.index.FlowEntryDescriptor.ENTRY_BYTES;
import static io.netverdict.capture.index.FlowEntryDescriptor.FIRST_TIME_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.HASH_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.HIGH_ADDRESS_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.LAST_TIME_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.LOW_ADDRESS_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.NEWEST_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.NEXT_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.NO_ENTRY;
import static io.netverdict.capture.index.FlowEntryDescriptor.PACKETS_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.PORTS_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.PROTOCOL_OFFSET;
import static io.netverdict.capture.index.FlowEntryDescriptor.WIRE_BYTES_OFFSET;

import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.Segment;
import io.netverdict.capture.ring.SegmentDescriptor;
import io.netverdict.capture.ring.TailRoom;
import java.nio.ByteBuffer;

/**
 * A flyweight over the flow entries of one segment: a hash table with chains, which only grows.
 *
 * <p>The segment's writer finds or adds an entry for each packet, without allocating. Readers find
 * and list entries at the same time; what they read counts only if the segment's generation is
 * still the same afterwards, and until they have checked that, every walk is bounded. One instance
 * belongs to one thread.
 */
public final class FlowTable {
    private Segment segment;
    private ByteBuffer buffer;
    private int bucketMask;

    /** Points this at a segment. */
    public FlowTable wrap(Segment of) {
        if (of != segment) {
            segment = of;
            buffer = of.buffer();
            bucketMask = SegmentDescriptor.bucketCount(of.bytes()) - 1;
        }
        return this;
    }

    /**
     * The entry of a flow, added where it is new: by the writer, after {@link PacketRing#claim}.
     *
     * @param room at this segment's tail, with an entry's bytes left
     */
    public int findOrAdd(FlowTuple tuple, TailRoom room) {
        int entry = find(tuple);
        return entry == NO_ENTRY ? add(tuple, room) : entry;
    }

    /** The entry of a flow, or 0. */
    public int find(FlowTuple tuple) {
        int limit = buffer.capacity() - ENTRY_BYTES;
        int entry = segment.getIntAcquire(bucket(tuple.hash()));
        while (entry >= segment.recordsOffset() && entry <= limit) {
            if (matches(entry, tuple)) {
                return entry;
            }
            int next = buffer.getInt(entry + NEXT_OFFSET);
            if (next <= entry) {
                return NO_ENTRY;
            }
            entry = next;
        }
        return NO_ENTRY;
    }

    private int bucket(int hash) {
        return SegmentDescriptor.BUCKETS_OFFSET
                + (hash & bucketMask) * SegmentDescriptor.BUCKET_BYTES;
    }

    private boolean matches(int entry, FlowTuple tuple) {
        return buffer.getInt(entry + HASH_OFFSET) == tuple.hash()
                && buffer.getInt(entry + PORTS_OFFSET) == tuple.ports()
                && buffer.getInt(entry + PROTOCOL_OFFSET) == tuple.protocolAndFamily()
                && buffer.getLong(entry + LOW_ADDRESS_OFFSET + Long.BYTES) == tuple.lowLow()
                && buffer.getLong(entry + HIGH_ADDRESS_OFFSET + Long.BYTES) == tuple.highLow()
                && buffer.getLong(entry + LOW_ADDRESS_OFFSET) == tuple.lowHigh()
                && buffer.getLong(entry + HIGH_ADDRESS_OFFSET) == tuple.highHigh();
    }

    private int add(FlowTuple tuple, TailRoom room) {
        int entry = room.takeTail(ENTRY_BYTES);
        int bucket = bucket(tuple.hash());
        buffer.putInt(entry + NEXT_OFFSET, buffer.getInt(bucket));
        buffer.putInt(entry + HASH_OFFSET, tuple.hash());
        buffer.putInt(entry + PROTOCOL_OFFSET, tuple.protocolAndFamily());
        buffer.putInt(entry + PORTS_OFFSET, tuple.ports());
        buffer.putLong(entry + LOW_ADDRESS_OFFSET, tuple.lowHigh());
        buffer.putLong(entry + LOW_ADDRESS_OFFSET + Long.BYTES, tuple.lowLow());
        buffer.putLong(entry + HIGH_ADDRESS_OFFSET, tuple.highHigh());
        buffer.putLong(entry + HIGH_ADDRESS_OFFSET + Long.BYTES, tuple.highLow());
        buffer.putLong(entry + FIRST_TIME_OFFSET, 0);
        buffer.putLong(entry + LAST_TIME_OFFSET, 0);
        buffer.putInt(entry + NEWEST_OFFSET, 0);
        buffer.putInt(entry + PACKETS_OFFSET, 0);
        buffer.putLong(entry + WIRE_BYTES_OFFSET, 0);
        segment.putIntRelease(bucket, entry);
        room.publishTail();
        return entry;
    }

    /** Counts a committed packet for its flow and makes it the flow's newest: by the writer. */
    public void touch(int entry, int recordOffset, long timeNanos, int wireLength) {
        int packets = buffer.getInt(entry + PACKETS_OFFSET) + 1;
        if (packets == 1) {
            segment.putLongRelease(entry + FIRST_TIME_OFFSET, timeNanos);
        }
        segment.putLongRelease(
                entry + LAST_TIME_OFFSET,
                Math.max(timeNanos, buffer.getLong(entry + LAST_TIME_OFFSET)));
        segment.putLongRelease(
                entry + WIRE_BYTES_OFFSET, buffer.getLong(entry + WIRE_BYTES_OFFSET) + wireLength);
        segment.putIntRelease(entry + PACKETS_OFFSET, packets);
        segment.putIntRelease(entry + NEWEST_OFFSET, recordOffset);
        segment.touched(entry, timeNanos);
    }

    /** The oldest entry; the newer ones follow by {@link #newer}. 0 where there is none. */
    public int oldest() {
        int entry = segment.bytes() - ENTRY_BYTES;
        return entry >= segment.tail() ? entry : NO_ENTRY;
    }

    /** The entry that was added after this one, or 0. */
    public int newer(int entry) {
        int newer = entry - ENTRY_BYTES;
        return newer >= Math.max(segment.tail(), segment.recordsOffset()) ? newer : NO_ENTRY;
    }

    /** Size of the segment. */
    public int bytes() {
        return segment.bytes();
    }

    /** How many entries there are. */
    public int entryCount() {
        return (segment.bytes() - segment.tail()) / ENTRY_BYTES;
    }

    /** The hash of an entry's key. */
    public int hash(int entry) {
        return buffer.getInt(entry + HASH_OFFSET);
    }

    /** An entry's ports: two unsigned shorts. */
    public int ports(int entry) {
        return buffer.getInt(entry + PORTS_OFFSET);
    }

    /** Copies an entry's key. */
    public void read(int entry, FlowTuple into) {
        into.set(
                buffer.getInt(entry + PROTOCOL_OFFSET),
                buffer.getInt(entry + PORTS_OFFSET),
                buffer.getInt(entry + HASH_OFFSET));
        into.setAddresses(
                buffer.getLong(entry + LOW_ADDRESS_OFFSET),
                buffer.getLong(entry + LOW_ADDRESS_OFFSET + Long.BYTES),
                buffer.getLong(entry + HIGH_ADDRESS_OFFSET),
                buffer.getLong(entry + HIGH_ADDRESS_OFFSET + Long.BYTES));
    }

    /** The offset of the flow's newest record in this segment; 0 while there is none. */
    public int newestRecord(int entry) {
        return segment.getIntAcquire(entry + NEWEST_OFFSET);
    }

    public long firstNanos(int entry) {
        return segment.getLongAcquire(entry + FIRST_TIME_OFFSET);
    }

    public long lastNanos(int entry) {
        return segment.getLongAcquire(entry + LAST_TIME_OFFSET);
    }

    public int packets(int entry) {
        return segment.getIntAcquire(entry + PACKETS_OFFSET);
    }

    public long wireBytes(int entry) {
        return segment.getLongAcquire(entry + WIRE_BYTES_OFFSET);
    }
}
