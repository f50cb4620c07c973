package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.index.FlowTuple;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDirection;
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

    private final PacketRing ring;
    private final LinkType linkType;
    private final long hardwareAddress;
    private final HeaderView view = new HeaderView();
    private final FlowTuple tuple = new FlowTuple();
    private final FlowTable table = new FlowTable();

    /**
     * @param ring made with {@link FlowEntryDescriptor#ENTRY_BYTES} reserved at the tail
     * @param hardwareAddress the interface's own Ethernet address, which tells what it sent from
     *     what it received, or {@link PcapDevice#NO_ADDRESS}
     */
    public PacketRecorder(PacketRing ring, long hardwareAddress) {
        this.ring = ring;
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
        if (!ring.claim(capturedLength)) {
            return;
        }
        ring.copyFrom(address, capturedLength);
        ByteBuffer buffer = ring.segment().buffer();
        int data = ring.dataOffset();
        int record = ring.recordOffset();
        view.wrap(buffer, data, capturedLength, wireLength, linkType);
        PacketDirection direction = direction(buffer, data, capturedLength);
        if (!tuple.read(view, buffer, data + capturedLength)) {
            ring.commit(
                    capturedLength, wireLength, timeNanos, direction, RecordDescriptor.NO_PREVIOUS);
            return;
        }
        table.wrap(ring.segment());
        int entry = table.findOrAdd(tuple, ring);
        ring.commit(capturedLength, wireLength, timeNanos, direction, table.newestRecord(entry));
        table.touch(entry, record, timeNanos, wireLength);
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
