package io.netverdict.capture.live;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.recording.RecordingGap;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapStatistics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rings of all interfaces at one moment, as a recording.
 *
 * <p>It holds on to the memory, not to its contents: what the recorder overwrites after the
 * snapshot is missing from later answers. Packets that come after it are not in it, in whichever
 * segment: an answer with a FIN but without the data before it would tell a lie.
 */
final class LiveRecording implements Recording {
    private final SegmentPool pool;
    private final Map<FlowKey, RecordedFlow> measured = new HashMap<>();
    private final List<RecordedInterface> interfaces;
    private final List<IndexedSegment> segments;
    private final Coverage coverage;
    private boolean closed;

    /**
     * @param startedNanos when recording began, by an earlier process where it goes on in a file
     * @param gaps since then
     */
    LiveRecording(
            SegmentPool pool,
            SegmentDigests digests,
            List<InterfaceSlot> slots,
            long startedNanos,
            List<RecordingGap> gaps,
            long nowNanos) {
        this.pool = pool;
        pool.retain();
        interfaces = slots.stream().map(InterfaceSlot::recorded).toList();
        // Before the segments, so that all that is up to these numbers is in one of them.
        long[] newestNumbers =
                slots.stream().mapToLong(slot -> slot.ring().newestNumber()).toArray();
        segments = digests.index(pool.segments(), newestNumbers);
        coverage = coverage(slots, startedNanos, gaps, nowNanos);
    }

    private Coverage coverage(
            List<InterfaceSlot> slots, long startedNanos, List<RecordingGap> gaps, long nowNanos) {
        long packets = 0;
        for (IndexedSegment each : segments) {
            int held = each.reader().segment().packets();
            packets += each.reader().isValid() ? held : 0;
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
                gaps,
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
        return new FlowQuery(segments).flows(fromNanos, toNanos);
    }

    @Override
    public List<RecordedFlow> flows(FlowSearch search) {
        requireOpen();
        return new FlowFinder(segments, search, measured).find();
    }

    @Override
    public List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos) {
        requireOpen();
        return new PacketQuery(segments).packets(flows, fromNanos, toNanos);
    }

    @Override
    public List<CapturedPacket> newestPackets(
            Collection<FlowKey> flows, long fromNanos, long toNanos, int limit) {
        requireOpen();
        return new PacketQuery(segments).newest(flows, fromNanos, toNanos, limit);
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
