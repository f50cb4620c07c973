package io.netverdict.capture.live;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.RecordReader;
import io.netverdict.capture.ring.Segment;
import io.netverdict.capture.ring.SegmentDescriptor;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapStatistics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The rings of all interfaces at one moment, as a recording.
 *
 * <p>It holds on to the memory, not to its contents: what the recorder overwrites after the
 * snapshot is missing from later answers. Packets that arrive in a segment after the snapshot are
 * found too.
 */
final class LiveRecording implements Recording {
    private final SegmentPool pool;
    private final List<RecordedInterface> interfaces;
    private final List<RecordReader> readers;
    private final Coverage coverage;
    private boolean closed;

    LiveRecording(SegmentPool pool, List<InterfaceSlot> slots, long startedNanos, long nowNanos) {
        this.pool = pool;
        pool.retain();
        interfaces = slots.stream().map(InterfaceSlot::recorded).toList();
        readers = readers(pool);
        coverage = coverage(slots, startedNanos, nowNanos);
    }

    /** A reader for each segment in use, in order of time. */
    private static List<RecordReader> readers(SegmentPool pool) {
        List<RecordReader> readers = new ArrayList<>();
        for (Segment segment : pool.segments()) {
            long generation = segment.generation();
            if (generation != SegmentDescriptor.NO_GENERATION) {
                readers.add(new RecordReader(segment, generation));
            }
        }
        readers.sort(Comparator.comparingLong(reader -> reader.segment().lastNanos()));
        return List.copyOf(readers);
    }

    private Coverage coverage(List<InterfaceSlot> slots, long startedNanos, long nowNanos) {
        long packets = 0;
        for (RecordReader reader : readers) {
            int held = reader.segment().packets();
            packets += reader.isValid() ? held : 0;
        }
        PcapStatistics statistics = PcapStatistics.NONE;
        long overwritten = 0;
        long undecodable = 0;
        for (InterfaceSlot slot : slots) {
            PacketRing.Counters counters = slot.ring().counters();
            statistics = statistics.plus(slot.statistics());
            overwritten += counters.overwritten() + counters.refused();
            undecodable += slot.isUndecodable() ? counters.packets() : 0;
        }
        return new Coverage(
                Math.max(startedNanos, pool.horizonNanos()),
                Math.max(startedNanos, pool.decidingHorizonNanos()),
                nowNanos,
                packets,
                statistics.droppedByKernel(),
                statistics.droppedByInterface(),
                overwritten,
                undecodable,
                true,
                interfaces);
    }

    @Override
    public Coverage coverage() {
        return coverage;
    }

    @Override
    public List<RecordedInterface> interfaces() {
        return interfaces;
    }

    @Override
    public List<RecordedFlow> flows(long fromNanos, long toNanos) {
        requireOpen();
        return new FlowQuery(readers).flows(fromNanos, toNanos);
    }

    @Override
    public List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos) {
        requireOpen();
        return new PacketQuery(readers).packets(flows, fromNanos, toNanos);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed=" + true);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pool.release();
        }
    }
}
