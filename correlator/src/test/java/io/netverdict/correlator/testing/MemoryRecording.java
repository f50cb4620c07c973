package io.netverdict.correlator.testing;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.recording.RecordingGap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A recording held in memory, its flows keyed as those of files and rings are. */
public final class MemoryRecording implements Recording {
    private static final int ETHERNET_BYTES = 14;
    private static final int ARP_BYTES = 28;
    private static final int ARP_SENDER_OFFSET = 14;
    private static final int ARP_TARGET_OFFSET = 24;

    private final List<CapturedPacket> packets;
    private final Map<Long, FlowKey> flowOfPacket = new HashMap<>();
    private final Map<FlowKey, List<CapturedPacket>> flows = new LinkedHashMap<>();
    private final Coverage coverage;

    private MemoryRecording(List<CapturedPacket> packets, Coverage coverage) {
        this.packets = List.copyOf(packets);
        this.coverage = coverage;
        HeaderView view = new HeaderView();
        for (CapturedPacket packet : packets) {
            FlowKey key = keyOf(view, packet);
            if (key != null) {
                flowOfPacket.put(packet.number(), key);
                flows.computeIfAbsent(key, k -> new ArrayList<>()).add(packet);
            }
        }
    }

    static MemoryRecording of(
            List<ScriptedPacket> script,
            int snapLength,
            long liveUntilNanos,
            long dataSinceNanos,
            List<RecordingGap> gaps,
            long droppedByKernel,
            long overwritten,
            UnaryOperator<byte[]> damage) {
        List<ScriptedPacket> recorded = new ArrayList<>(script);
        recorded.removeIf(p -> !p.recorded());
        recorded.sort(Comparator.comparingLong(ScriptedPacket::timeNanos));
        Worth worth = new Worth();
        recorded.removeIf(p -> !worth.decides(p) && p.timeNanos() < dataSinceNanos);
        List<CapturedPacket> captured = new ArrayList<>();
        int interfaceCount = 1;
        for (ScriptedPacket packet : recorded) {
            packet.number(captured.size() + 1L);
            interfaceCount = Math.max(interfaceCount, packet.interfaceIndex() + 1);
            byte[] bytes = damage.apply(packet.bytes());
            int kept = snapLength > 0 ? Math.min(snapLength, bytes.length) : bytes.length;
            captured.add(
                    new CapturedPacket(
                            packet.number(),
                            packet.timeNanos(),
                            packet.interfaceIndex(),
                            PacketDirection.UNKNOWN,
                            LinkType.ETHERNET.code(),
                            bytes.length,
                            ByteBuffer.wrap(bytes, 0, kept)));
        }
        List<RecordedInterface> interfaces = new ArrayList<>();
        for (int i = 0; i < interfaceCount; i++) {
            interfaces.add(new RecordedInterface("eth" + i, LinkType.ETHERNET.code(), snapLength));
        }
        long first = captured.isEmpty() ? 0 : captured.get(0).timeNanos();
        long last = captured.isEmpty() ? 0 : captured.get(captured.size() - 1).timeNanos();
        boolean live = liveUntilNanos >= 0;
        return new MemoryRecording(
                captured,
                new Coverage(
                        Math.max(first, dataSinceNanos),
                        first,
                        live ? Math.max(last, liveUntilNanos) : last,
                        captured.size(),
                        droppedByKernel,
                        0,
                        overwritten,
                        0,
                        live,
                        gaps,
                        interfaces));
    }

    /** What the live recorder thinks of packets. */
    private static final class Worth {
        private final PayloadCutoff cutoff = new PayloadCutoff(PayloadCutoff.OFF);
        private final HeaderView view = new HeaderView();
        private final FlowTuple tuple = new FlowTuple();

        private boolean decides(ScriptedPacket packet) {
            ByteBuffer data = ByteBuffer.wrap(packet.bytes());
            int length = data.limit();
            view.wrap(data, 0, length, length, LinkType.ETHERNET);
            if (!tuple.read(view, data, length)) {
                return false;
            }
            cutoff.keptLength(view, tuple, data, 0, length, packet.timeNanos());
            return cutoff.isDeciding();
        }
    }

    private static FlowKey keyOf(HeaderView view, CapturedPacket packet) {
        ByteBuffer data = packet.data();
        if (data.limit() == 0) {
            return null;
        }
        view.wrap(data, 0, data.limit(), packet.wireLength(), LinkType.ETHERNET);
        if (view.ipVersion() != 0) {
            boolean v6 = view.ipVersion() == 6;
            boolean ports = view.hasPorts();
            return FlowKey.of(
                    view.protocol(),
                    new Endpoint(
                            new IpAddress(v6, view.sourceHigh(), view.sourceLow()),
                            ports ? view.sourcePort() : 0),
                    new Endpoint(
                            new IpAddress(v6, view.destinationHigh(), view.destinationLow()),
                            ports ? view.destinationPort() : 0));
        }
        boolean arp =
                view.etherType() == HeaderView.ETHERTYPE_ARP
                        && data.limit() >= ETHERNET_BYTES + ARP_BYTES;
        return arp
                ? FlowKey.of(
                        FlowKey.ARP,
                        arpAddress(data, ARP_SENDER_OFFSET),
                        arpAddress(data, ARP_TARGET_OFFSET))
                : null;
    }

    private static Endpoint arpAddress(ByteBuffer data, int offset) {
        return new Endpoint(IpAddress.ofV4(data.getInt(ETHERNET_BYTES + offset)), 0);
    }

    @Override
    public Coverage coverage() {
        return coverage;
    }

    @Override
    public List<RecordedInterface> interfaces() {
        return coverage.interfaces();
    }

    @Override
    public List<RecordedFlow> flows(long fromNanos, long toNanos) {
        List<RecordedFlow> found = new ArrayList<>();
        flows.forEach(
                (key, members) -> {
                    if (members.stream().anyMatch(p -> within(p, fromNanos, toNanos))) {
                        found.add(
                                new RecordedFlow(
                                        key,
                                        members.get(0).timeNanos(),
                                        members.get(members.size() - 1).timeNanos(),
                                        members.size()));
                    }
                });
        return found;
    }

    @Override
    public List<CapturedPacket> packets(Collection<FlowKey> keys, long fromNanos, long toNanos) {
        Set<FlowKey> wanted = new HashSet<>(keys);
        return packets.stream()
                .filter(p -> within(p, fromNanos, toNanos))
                .filter(p -> wanted.contains(flowOfPacket.get(p.number())))
                .toList();
    }

    private static boolean within(CapturedPacket packet, long fromNanos, long toNanos) {
        return packet.timeNanos() >= fromNanos && packet.timeNanos() <= toNanos;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
