package io.netverdict.service.probe.flow;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import java.util.Collection;
import java.util.List;

/** A recording without the packets of probes. Its coverage counts them: they were recorded. */
final class ProbeFreeRecording implements Recording {
    private final Recording whole;
    private final List<ProbeFlow> probes;
    private final PacketDecoder decoder = new PacketDecoder();

    ProbeFreeRecording(Recording whole, List<ProbeFlow> probes) {
        this.whole = whole;
        Coverage coverage = whole.coverage();
        this.probes =
                probes.stream()
                        .filter(p -> p.overlaps(coverage.firstNanos(), coverage.lastNanos()))
                        .toList();
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
        return whole.flows(fromNanos, toNanos).stream().filter(flow -> !isProbe(flow)).toList();
    }

    @Override
    public List<RecordedFlow> flows(FlowSearch search) {
        return whole.flows(search).stream().filter(flow -> !isProbe(flow)).toList();
    }

    /** Whether all of it is a probe's; ports are used again, and ICMP is of many. */
    private boolean isProbe(RecordedFlow flow) {
        return probes.stream()
                .anyMatch(
                        probe ->
                                !probe.isIcmp()
                                        && flow.key().protocol() != 1
                                        && flow.key().protocol() != ProbeFlow.ICMPV6
                                        && probe.mayHold(flow.key())
                                        && probe.covers(flow.firstNanos(), flow.lastNanos()));
    }

    @Override
    public List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos) {
        List<CapturedPacket> packets = whole.packets(flows, fromNanos, toNanos);
        List<ProbeFlow> concerned =
                probes.stream().filter(probe -> flows.stream().anyMatch(probe::mayHold)).toList();
        if (concerned.isEmpty()) {
            return packets;
        }
        return packets.stream()
                .filter(
                        packet ->
                                concerned.stream()
                                                .noneMatch(
                                                        p ->
                                                                p.covers(
                                                                        packet.timeNanos(),
                                                                        packet.timeNanos()))
                                        || !ProbeFlows.holds(concerned, decoder.decode(packet)))
                .toList();
    }

    @Override
    public void close() {
        whole.close();
    }
}
