package io.netverdict.capture.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapDevice;
import java.util.List;

/**
 * A small ring that its owner fills instead of an interface, recorded and asked the way of the real
 * ones: for trying that way out. For one thread, but for its snapshots, which any thread may take.
 */
public final class HandFedRecorder implements AutoCloseable {
    private static final String NAME = "by hand";

    private final long startedNanos;
    private final SegmentPool pool = new SegmentPool(SegmentPool.MIN_BUDGET_BYTES);
    private final SegmentDigests digests = new SegmentDigests();
    private final InterfaceSlot slot;
    private final PacketRecorder recorder;
    private final ByteBuf frame = new UnpooledByteBufAllocator(true, true).directBuffer();
    private volatile long lastNanos;

    /**
     * @param linkType of the packets, a number of libpcap's
     * @param startedNanos when recording is to have begun, since the epoch
     * @param cutoffBytes as for {@link PacketRecorder}
     */
    public HandFedRecorder(int linkType, long startedNanos, long cutoffBytes) {
        this.startedNanos = startedNanos;
        lastNanos = startedNanos;
        PacketRing ring =
                new PacketRing(pool, 0, linkType, startedNanos, FlowEntryDescriptor.ENTRY_BYTES);
        slot = new InterfaceSlot(new RecordedInterface(NAME, linkType, 0), ring);
        recorder = new PacketRecorder(ring, PcapDevice.NO_ADDRESS, cutoffBytes);
    }

    /**
     * Records a whole packet.
     *
     * @param timeNanos since the epoch, not before the last one's
     */
    public void record(byte[] packet, long timeNanos) {
        frame.clear().writeBytes(packet);
        recorder.record(frame.memoryAddress(), packet.length, packet.length, timeNanos);
        lastNanos = timeNanos;
    }

    /** What is recorded by now; the caller closes it. */
    public Recording snapshot() {
        return new LiveRecording(pool, digests, List.of(slot), startedNanos, List.of(), lastNanos);
    }

    /** Gives its memory back once the last snapshot is closed; idempotent. */
    @Override
    public void close() {
        if (frame.refCnt() > 0) {
            frame.release();
            pool.release();
        }
    }
}
