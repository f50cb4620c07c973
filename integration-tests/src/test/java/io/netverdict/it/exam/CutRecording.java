package io.netverdict.it.exam;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.ring.RecordDescriptor;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A recording as it would be if the live recorder had recorded it with its cutoff. */
final class CutRecording implements Recording {
    private final Recording whole;
    private final Map<Long, Integer> keptLengths = new HashMap<>();
    private long wholeBytes;
    private long cutBytes;

    /**
     * @param whole closed with this
     */
    CutRecording(Recording whole, long cutoffBytes) {
        this.whole = whole;
        PayloadCutoff cutoff = new PayloadCutoff(cutoffBytes);
        HeaderView view = new HeaderView();
        FlowTuple tuple = new FlowTuple();
        for (CapturedPacket packet : allPackets(whole)) {
            ByteBuffer data = packet.data();
            int length = packet.capturedLength();
            LinkType linkType = LinkType.fromCode(packet.linkType());
            view.wrap(data, 0, length, packet.wireLength(), linkType);
            int kept = length;
            if (tuple.read(view, data, length)) {
                kept = cutoff.keptLength(view, tuple, data, 0, length, packet.timeNanos());
            }
            keptLengths.put(packet.number(), kept);
            wholeBytes += RecordDescriptor.recordLength(length);
            cutBytes += RecordDescriptor.recordLength(kept);
        }
    }

    static List<CapturedPacket> allPackets(Recording whole) {
        List<FlowKey> keys =
                whole.flows(Long.MIN_VALUE, Long.MAX_VALUE).stream()
                        .map(RecordedFlow::key)
                        .collect(Collectors.toList());
        return whole.packets(keys, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Ring bytes that the packets take without the cutoff. */
    long wholeBytes() {
        return wholeBytes;
    }

    /** Ring bytes that they take with it. */
    long cutBytes() {
        return cutBytes;
    }

    @Override
    public Coverage coverage() {
        return whole.coverage();
    }

    @Override
    public List<RecordedInterface> interfaces() {
        return whole.interfaces();
    }

    @Override
    public List<RecordedFlow> flows(long fromNanos, long toNanos) {
        return whole.flows(fromNanos, toNanos);
    }

    @Override
    public List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos) {
        return whole.packets(flows, fromNanos, toNanos).stream().map(this::cut).toList();
    }

    private CapturedPacket cut(CapturedPacket packet) {
        return new CapturedPacket(
                packet.number(),
                packet.timeNanos(),
                packet.interfaceIndex(),
                packet.direction(),
                packet.linkType(),
                packet.wireLength(),
                packet.data().limit(keptLengths.get(packet.number())));
    }

    @Override
    public void close() {
        whole.close();
    }
}
