package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketBytes;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.NativeMemory;
import io.netverdict.nativelib.PcapDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The recorder without libpcap: packets are handed in from a direct buffer. */
final class RecorderHarness implements AutoCloseable {
    static final long EPOCH = 1_000_000_000_000L;
    static final int PAYLOAD_OFFSET = 42;
    static final int MAX_BYTES = 2048;

    private static final int PORTS_OFFSET = 34;
    private static final int ADDRESS_OFFSET = 29;
    private static final int SERVER_PORT = 53;
    private static final int PORT_BITS = 15;

    final SegmentPool pool;
    final List<InterfaceSlot> slots = new ArrayList<>();
    private final SegmentDigests digests = new SegmentDigests();
    private final List<PacketRecorder> recorders = new ArrayList<>();

    RecorderHarness(long budgetBytes, int interfaces) {
        this(budgetBytes, interfaces, PayloadCutoff.OFF);
    }

    RecorderHarness(long budgetBytes, int interfaces, long cutoffBytes) {
        pool = new SegmentPool(budgetBytes);
        for (int i = 0; i < interfaces; i++) {
            PacketRing ring =
                    new PacketRing(
                            pool,
                            i,
                            LinkType.ETHERNET.code(),
                            EPOCH,
                            FlowEntryDescriptor.ENTRY_BYTES);
            slots.add(new InterfaceSlot(new RecordedInterface("test" + i, 1, 0), ring));
            recorders.add(new PacketRecorder(ring, PcapDevice.NO_ADDRESS, cutoffBytes));
        }
    }

    PacketRecorder recorder(int index) {
        return recorders.get(index);
    }

    LiveRecording snapshot() {
        return new LiveRecording(pool, digests, slots, EPOCH, List.of(), Long.MAX_VALUE);
    }

    /** A UDP datagram in a direct buffer, to be pointed at flows by {@link #aim}. */
    static ByteBuffer datagram(int payloadBytes) {
        byte[] packet =
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.UDP, "10.0.0.1", "10.200.0.1")
                        .udp(0, SERVER_PORT)
                        .zeros(payloadBytes)
                        .build();
        return ByteBuffer.allocateDirect(MAX_BYTES).put(packet).clear();
    }

    /** Makes a datagram one of flow number {@code flow}. */
    static void aim(ByteBuffer datagram, int flow) {
        datagram.put(ADDRESS_OFFSET, (byte) (1 + (flow >>> PORT_BITS)));
        datagram.putShort(PORTS_OFFSET, (short) (1024 + (flow & (1 << PORT_BITS) - 1)));
    }

    static FlowKey key(int flow) {
        return FlowKey.of(
                IpProtocol.UDP,
                new Endpoint(
                        IpAddress.ofV4(0x0A00_0001 + (flow >>> PORT_BITS)),
                        1024 + (flow & (1 << PORT_BITS) - 1)),
                new Endpoint(IpAddress.ofV4(0x0AC8_0001), SERVER_PORT));
    }

    void record(int index, ByteBuffer datagram, int length, long timeNanos) {
        recorder(index).record(NativeMemory.addressOf(datagram), length, length, timeNanos);
    }

    @Override
    public void close() {
        pool.release();
    }
}
