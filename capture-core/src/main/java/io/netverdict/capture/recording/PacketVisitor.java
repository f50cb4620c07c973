package io.netverdict.capture.recording;

import io.netverdict.capture.packet.HeaderView;
import java.nio.ByteBuffer;

/** Is shown packets one after another, without copies. */
@FunctionalInterface
public interface PacketVisitor {

    /**
     * Takes a look at a packet.
     *
     * @param flow the place of its flow in the list of flows that was asked for
     * @param timeNanos since the epoch
     * @param headers its headers; like {@code data} valid until this returns
     * @param data what the headers' offsets point into; read with absolute gets
     */
    void packet(int flow, long timeNanos, HeaderView headers, ByteBuffer data);
}
