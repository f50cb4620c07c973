package io.netverdict.service.probe.flow;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The flows of all probes of late, of whichever incident. Thread-safe.
 *
 * <p>Bounded: the oldest are forgotten, which at the rate that probes are limited to takes longer
 * than a recording usually reaches back.
 */
public final class ProbeFlows {
    private static final int MAX_FLOWS = 20_000;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Deque<ProbeFlow> flows = new ArrayDeque<>();

    /**
     * Registers a flow before its first packet; closing it says that the last one is sent.
     *
     * @param protocol TCP, UDP or, for either version, ICMP
     * @param localPort the own port, or the id of ICMP echoes
     * @param remotePort 0 for any
     */
    public ProbeFlow open(
            String incident, int protocol, int localPort, IpAddress remote, int remotePort) {
        ProbeFlow flow =
                new ProbeFlow(incident, protocol, localPort, remote, remotePort, nowNanos());
        synchronized (flows) {
            flows.addLast(flow);
            while (flows.size() > MAX_FLOWS) {
                flows.removeFirst();
            }
        }
        return flow;
    }

    private List<ProbeFlow> snapshot() {
        synchronized (flows) {
            return List.copyOf(flows);
        }
    }

    /** The recording as if nobody had probed; closing it closes the recording. */
    public Recording hideIn(Recording recording) {
        List<ProbeFlow> known = snapshot();
        return known.isEmpty() ? recording : new ProbeFreeRecording(recording, known);
    }

    /**
     * The packets of an incident's probes, in the order of the recording.
     *
     * @param maxPackets no more than these are returned, the first ones
     */
    public List<CapturedPacket> packetsOf(String incident, Recording recording, int maxPackets) {
        List<ProbeFlow> own =
                snapshot().stream().filter(flow -> flow.incident().equals(incident)).toList();
        if (own.isEmpty()) {
            return List.of();
        }
        Set<FlowKey> keys = new HashSet<>();
        long end = nowNanos();
        for (RecordedFlow flow : recording.flows(Long.MIN_VALUE, end)) {
            if (own.stream().anyMatch(probe -> probe.mayHold(flow.key()))) {
                keys.add(flow.key());
            }
        }
        PacketDecoder decoder = new PacketDecoder();
        return recording.packets(keys, Long.MIN_VALUE, end).stream()
                .filter(packet -> holds(own, decoder.decode(packet)))
                .limit(maxPackets)
                .toList();
    }

    static boolean holds(List<ProbeFlow> flows, DecodedPacket packet) {
        return flows.stream().anyMatch(flow -> flow.holds(packet));
    }

    static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }
}
