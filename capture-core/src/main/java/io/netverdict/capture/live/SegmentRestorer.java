package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.RecordDescriptor;
import io.netverdict.capture.ring.Segment;
import io.netverdict.capture.ring.SegmentDescriptor;
import io.netverdict.capture.ring.TailRoom;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes a segment that another process left readable again. Nothing in it is trusted: records are
 * walked as far as they make sense, the flow index is made anew from them. Whatever the bytes are,
 * nothing is thrown, and the work is bounded by the segment's size.
 */
final class SegmentRestorer {
    /** A packet's order, see {@link RecordDescriptor}: positive when the interface is added. */
    private static final long MAX_ORDER = 1L << 54;

    private final List<InterfaceSlot> slots;
    private final long nowNanos;
    private final HeaderView view = new HeaderView();
    private final FlowTuple tuple = new FlowTuple();
    private final FlowTable table = new FlowTable();
    private long newestNanos;

    /**
     * @param slots the interfaces that the recording had, by index
     * @param nowNanos packets are not from later than this
     */
    SegmentRestorer(List<InterfaceSlot> slots, long nowNanos) {
        this.slots = List.copyOf(slots);
        this.nowNanos = nowNanos;
    }

    /** The tail of a segment that is being restored. */
    private static final class Tail implements TailRoom {
        private final Segment segment;
        private int tail;

        private Tail(Segment segment) {
            this.segment = segment;
            this.tail = segment.bytes();
        }

        @Override
        public int takeTail(int tailBytes) {
            tail -= tailBytes;
            return tail;
        }

        @Override
        public void publishTail() {
            segment.putIntRelease(SegmentDescriptor.TAIL_OFFSET, tail);
        }
    }

    /** The newest packet of all that was restored so far; 0 while there is none. */
    long newestNanos() {
        return newestNanos;
    }

    /** The ring whose packets the segment holds; null where there is none to be had. */
    PacketRing restore(Segment segment) {
        int index = segment.interfaceIndex();
        if (index < 0 || index >= slots.size()) {
            return null;
        }
        InterfaceSlot slot = slots.get(index);
        int linkType = segment.buffer().getInt(SegmentDescriptor.LINK_TYPE_OFFSET);
        int end = segment.committed();
        if (linkType != slot.recorded().linkType()
                || end > segment.bytes()
                || end < segment.recordsOffset()) {
            return null;
        }
        long newest = restoreRecords(segment, LinkType.fromCode(linkType), end);
        if (newest == 0) {
            return null;
        }
        slot.ring().continueAfter(newest);
        return slot.ring();
    }

    /** The order of the newest record that makes sense, or 0. */
    private long restoreRecords(Segment segment, LinkType linkType, int end) {
        ByteBuffer buffer = segment.buffer();
        for (int at = SegmentDescriptor.BUCKETS_OFFSET;
                at < segment.recordsOffset();
                at += Long.BYTES) {
            buffer.putLong(at, 0);
        }
        Tail tail = new Tail(segment);
        tail.publishTail();
        table.wrap(segment);
        long base = buffer.getLong(SegmentDescriptor.NUMBER_BASE_OFFSET);
        long order = 0;
        long first = Long.MAX_VALUE;
        long last = 0;
        int packets = 0;
        int at = segment.recordsOffset();
        while (at <= end - RecordDescriptor.HEADER_BYTES) {
            int captured =
                    buffer.getInt(at + RecordDescriptor.CAPTURED_LENGTH_OFFSET)
                            >>> RecordDescriptor.CAPTURED_LENGTH_SHIFT;
            int length = RecordDescriptor.recordLength(captured);
            long nanos = buffer.getLong(at + RecordDescriptor.TIME_OFFSET);
            int wire = buffer.getInt(at + RecordDescriptor.WIRE_LENGTH_OFFSET);
            long next = nanos + base + buffer.getInt(at + RecordDescriptor.LEAD_OFFSET);
            boolean sound =
                    length <= end - at
                            && nanos > 0
                            && nanos <= nowNanos
                            && wire >= 0
                            && next > order
                            && next < MAX_ORDER
                            && tail.tail - FlowEntryDescriptor.ENTRY_BYTES >= end;
            if (!sound) {
                break;
            }
            index(buffer, at, captured, wire, nanos, linkType, tail);
            order = next;
            first = Math.min(first, nanos);
            last = Math.max(last, nanos);
            packets++;
            at += length;
        }
        buffer.putLong(SegmentDescriptor.FIRST_TIME_OFFSET, packets == 0 ? 0 : first);
        buffer.putLong(SegmentDescriptor.LAST_TIME_OFFSET, last);
        buffer.putInt(SegmentDescriptor.PACKETS_OFFSET, packets);
        segment.putIntRelease(SegmentDescriptor.COMMITTED_OFFSET, at);
        newestNanos = Math.max(newestNanos, last);
        return order;
    }

    private void index(
            ByteBuffer buffer,
            int record,
            int captured,
            int wire,
            long nanos,
            LinkType linkType,
            TailRoom tail) {
        int data = record + RecordDescriptor.HEADER_BYTES;
        view.wrap(buffer, data, captured, wire, linkType);
        if (!tuple.read(view, buffer, data + captured)) {
            buffer.putInt(record + RecordDescriptor.PREVIOUS_OFFSET, RecordDescriptor.NO_PREVIOUS);
            return;
        }
        int entry = table.findOrAdd(tuple, tail);
        buffer.putInt(record + RecordDescriptor.PREVIOUS_OFFSET, table.newestRecord(entry));
        table.touch(entry, record, nanos, wire);
    }
}
