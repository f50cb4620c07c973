package io.netverdict.capture.recording;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A recording that can be asked for its flows and their packets: a capture file, or a consistent
 * view of the live ring.
 *
 * <p>Safe to use from one thread at a time, from several where {@link #isShareable} says so; the
 * packets handed out are copies or read-only views and stay valid while the recording is open.
 */
public interface Recording extends AutoCloseable {

    /** What was seen and what was missed. */
    Coverage coverage();

    /** The interfaces; {@link CapturedPacket#interfaceIndex()} points in here. */
    List<RecordedInterface> interfaces();

    /**
     * The flows with a packet between two times, in order of their first packet.
     *
     * @param fromNanos inclusive, nanoseconds since the epoch
     * @param toNanos inclusive
     */
    List<RecordedFlow> flows(long fromNanos, long toNanos);

    /**
     * Some of the flows, in order of their first packet, in time that does not grow with the number
     * of the others.
     */
    default List<RecordedFlow> flows(FlowSearch search) {
        return search.select(flows(search.fromNanos(), search.toNanos()));
    }

    /**
     * The packets of some flows between two times, in the order of the recording (ascending {@link
     * CapturedPacket#number()}). Packets overwritten meanwhile are left out.
     */
    List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos);

    /**
     * The same, of too many only the newest.
     *
     * @param limit packets at most
     */
    default List<CapturedPacket> newestPackets(
            Collection<FlowKey> flows, long fromNanos, long toNanos, int limit) {
        List<CapturedPacket> all = packets(flows, fromNanos, toNanos);
        return all.size() <= limit ? all : all.subList(all.size() - limit, all.size());
    }

    /**
     * The packets of some flows, of each from its own time on, in the order of the recording.
     *
     * @param starts nanoseconds since the epoch, inclusive, by flow
     */
    default List<CapturedPacket> packetsSince(Map<FlowKey, Long> starts) {
        List<CapturedPacket> packets = new ArrayList<>();
        starts.forEach(
                (flow, from) -> packets.addAll(packets(List.of(flow), from, Long.MAX_VALUE)));
        packets.sort(Comparator.comparingLong(CapturedPacket::number));
        return packets;
    }

    /**
     * Shows packets without copying them, those of each flow in the order of the recording; nothing
     * else is said of the order.
     *
     * @param flows as this recording gave them
     */
    default void forEachPacket(List<RecordedFlow> flows, PacketVisitor visitor) {
        HeaderView headers = new HeaderView();
        for (int flow = 0; flow < flows.size(); flow++) {
            List<FlowKey> key = List.of(flows.get(flow).key());
            for (CapturedPacket packet : packets(key, Long.MIN_VALUE, Long.MAX_VALUE)) {
                headers.wrap(
                        packet.data(),
                        0,
                        packet.capturedLength(),
                        packet.wireLength(),
                        LinkType.fromCode(packet.linkType()));
                visitor.packet(flow, packet.timeNanos(), headers, packet.data());
            }
        }
    }

    /** Whether several threads may ask at the same time. */
    default boolean isShareable() {
        return false;
    }

    /** Frees what the recording holds; idempotent, throws nothing. */
    @Override
    void close();
}
