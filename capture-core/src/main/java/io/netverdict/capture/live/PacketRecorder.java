package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.RecordDescriptor;
import io.netverdict.nativelib.PcapDevice;
import java.nio.ByteBuffer;

/**
 * Takes one packet from native memory into the ring and the flow index.
 *
 * <p>Hot path, one thread: no allocation, no lock, no log; bounded work whatever the bytes.
 */
public final class PacketRecorder {
    private static final int SOURCE_ADDRESS_OFFSET = 6;
    private static final int ETHERNET_HEADER_BYTES = 14;

    /** Most packets' headers and the payload that {@link PayloadCutoff} reads: two cache lines. */
    private static final int FIRST_COPY_BYTES = 128;

    private static final int MAX_TCP_HEADER_BYTES = 60;

    private final PacketRing ring;
    private final LinkType linkType;
    private final long hardwareAddress;
    private final HeaderView view = new HeaderView();
    private final FlowTuple tuple = new FlowTuple();
    private final FlowTable table = new FlowTable();
    private final PayloadCutoff cutoff;

    /**
     * @param ring made with {@link FlowEntryDescriptor#ENTRY_BYTES} reserved at the tail
     * @param hardwareAddress the interface's own Ethernet address, which tells what it sent from
     *     what it received, or {@link PcapDevice#NO_ADDRESS}
     * @param cutoffBytes payload kept whole of each direction of a flow, or {@link
     *     PayloadCutoff#OFF}
     */
    public PacketRecorder(PacketRing ring, long hardwareAddress, long cutoffBytes) {
        this.ring = ring;
        this.cutoff = new PayloadCutoff(cutoffBytes);
        this.linkType = LinkType.fromCode(ring.linkType());
        this.hardwareAddress = hardwareAddress;
    }

    /**
     * Records a packet.
     *
     * @param address of its first byte
     * @param timeNanos since the epoch
     */
    public void record(long address, int capturedLength, int wireLength, long timeNanos) {
        if (!ring.claim(capturedLength, timeNanos)) {
            return;
        }
        ByteBuffer buffer = ring.segment().buffer();
        int data = ring.dataOffset();
        int copied = copyHeaders(address, capturedLength);
        view.wrap(buffer, data, capturedLength, wireLength, linkType);
        if (copied < capturedLength && !isWithin(copied)) {
            ring.copyFrom(address, capturedLength);
            copied = capturedLength;
            view.wrap(buffer, data, capturedLength, wireLength, linkType);
        }
        PacketDirection direction = direction(buffer, data, capturedLength);
        if (!tuple.read(view, buffer, data + capturedLength)) {
            ring.copyFrom(address, capturedLength);
            ring.commit(
                    capturedLength, wireLength, timeNanos, direction, RecordDescriptor.NO_PREVIOUS);
            return;
        }
        if (copied < capturedLength) {
            int needed = cutoff.neededLength(view, tuple, buffer, data, capturedLength);
            if (needed > copied) {
                ring.copyFrom(address, needed);
                copied = needed;
            }
        }
        int kept = cutoff.keptLength(view, tuple, buffer, data, capturedLength, timeNanos);
        if (cutoff.isDeciding() && ring.claimDeciding(kept, timeNanos) || kept > copied) {
            ring.copyFrom(address, kept);
        }
        int record = ring.recordOffset();
        table.wrap(ring.segment());
        int entry = table.findOrAdd(tuple, ring);
        ring.commit(kept, wireLength, timeNanos, direction, table.newestRecord(entry));
        table.touch(entry, record, timeNanos, wireLength);
    }

    /** Of a packet that may be cut first only the beginning: most of its bytes are never read. */
    private int copyHeaders(long address, int capturedLength) {
        int length = cutoff.isOn() ? Math.min(capturedLength, FIRST_COPY_BYTES) : capturedLength;
        ring.copyFrom(address, length);
        return length;
    }

    /** Whether the headers end within what has been copied; without a transport, who knows. */
    private boolean isWithin(int copied) {
        int transport = view.transportOffset() - ring.dataOffset();
        return transport >= 0
                && transport <= copied - MAX_TCP_HEADER_BYTES - PayloadCutoff.PEEK_BYTES;
    }

    private PacketDirection direction(ByteBuffer buffer, int data, int capturedLength) {
        if (linkType != LinkType.ETHERNET) {
            return view.direction();
        }
        if (hardwareAddress == PcapDevice.NO_ADDRESS || capturedLength < ETHERNET_HEADER_BYTES) {
            return PacketDirection.UNKNOWN;
        }
        long source = buffer.getLong(data + SOURCE_ADDRESS_OFFSET) >>> Short.SIZE;
        return source == hardwareAddress ? PacketDirection.OUTBOUND : PacketDirection.INBOUND;
    }
}
