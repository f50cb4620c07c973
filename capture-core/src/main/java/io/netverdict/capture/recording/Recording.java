package io.netverdict.capture.recording;

import io.netverdict.capture.packet.CapturedPacket;
import java.util.Collection;
import java.util.List;

/**
 * A recording that can be asked for its flows and their packets: a capture file, or a consistent
 * view of the live ring.
 *
 * <p>Safe to use from one thread at a time; the packets handed out are copies or read-only views
 * and stay valid while the recording is open.
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
     * The packets of some flows between two times, in the order of the recording (ascending {@link
     * CapturedPacket#number()}). Packets overwritten meanwhile are left out.
     */
    List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos);

    /** Frees what the recording holds; idempotent, throws nothing. */
    @Override
    void close();
}
