package io.netverdict.capture.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapDevice;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Records made-up packets into a small ring of its own when the first recorder of a process begins:
 * by the time real ones come in numbers, the JIT compiler is done with the way they take. Without
 * that a recorder that starts into a busy network falls behind by a second, which is more than the
 * kernel's buffer may hold, and what is in that buffer dies with the process.
 *
 * <p>Thread: {@code capture-rehearsal}, for a second at most. Nothing of it is kept.
 */
final class CaptureRehearsal implements Runnable {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private static final int BATCHES = 1_000;
    private static final int BATCH_PACKETS = 256;
    private static final long ENOUGH_NANOS = 1_500_000_000L;
    private static final long NANOS_PER_PACKET = 2_000;

    private static final int ETHERTYPE_OFFSET = 12;
    private static final int IP_OFFSET = 14;
    private static final int IP_HEADER_BYTES = 20;
    private static final int TCP_OFFSET = IP_OFFSET + IP_HEADER_BYTES;
    private static final int TCP_HEADER_BYTES = 20;
    private static final int PAYLOAD_OFFSET = TCP_OFFSET + TCP_HEADER_BYTES;
    private static final int FRAME_BYTES = 1514;
    private static final int CLIENT = 0x0A00_0001;
    private static final int SERVER = 0x0A00_0002;
    private static final int HTTP_PORT = 80;
    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 20_000;

    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The packets of a connection, one after another. */
    private enum Step {
        SYN(true, Tcp.SYN, 0),
        SYN_ACK(false, Tcp.SYN | Tcp.ACK, 0),
        REQUEST(true, Tcp.ACK, CaptureRehearsal.REQUEST.length),
        RESPONSE(false, Tcp.ACK, FRAME_BYTES - PAYLOAD_OFFSET),
        MORE(false, Tcp.ACK, FRAME_BYTES - PAYLOAD_OFFSET),
        MOST(false, Tcp.ACK, FRAME_BYTES - PAYLOAD_OFFSET),
        ACK(true, Tcp.ACK, 0),
        FIN(true, Tcp.FIN | Tcp.ACK, 0);

        private static final Step[] ALL = values();

        private final boolean fromClient;
        private final int flags;
        private final int payloadBytes;

        Step(boolean fromClient, int flags, int payloadBytes) {
            this.fromClient = fromClient;
            this.flags = flags;
            this.payloadBytes = payloadBytes;
        }
    }

    private final long cutoffBytes;
    private final ByteBuf frame =
            new UnpooledByteBufAllocator(true, true).directBuffer(FRAME_BYTES);
    private final int[] sequences = new int[2];
    private long nanos;
    private int port = FIRST_PORT;
    private int step;

    CaptureRehearsal(long cutoffBytes) {
        this.cutoffBytes = cutoffBytes;
    }

    /** Begins, unless that was done in this process. */
    static void begin(long cutoffBytes) {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(new CaptureRehearsal(cutoffBytes), "capture-rehearsal");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        SegmentPool pool = new SegmentPool(SegmentPool.MIN_BUDGET_BYTES);
        try {
            long start = System.nanoTime();
            nanos = System.currentTimeMillis() * 1_000_000;
            PacketRing ring =
                    new PacketRing(
                            pool,
                            0,
                            LinkType.ETHERNET.code(),
                            nanos,
                            FlowEntryDescriptor.ENTRY_BYTES);
            PacketRecorder recorder = new PacketRecorder(ring, PcapDevice.NO_ADDRESS, cutoffBytes);
            frame.setZero(0, FRAME_BYTES);
            for (int i = 0; i < BATCHES && System.nanoTime() - start < ENOUGH_NANOS; i++) {
                recordBatch(recorder);
            }
        } finally {
            pool.release();
            frame.release();
        }
    }

    /** A method of its own, as where packets are real. */
    private void recordBatch(PacketRecorder recorder) {
        for (int i = 0; i < BATCH_PACKETS; i++) {
            int length = next();
            nanos += NANOS_PER_PACKET;
            recorder.record(frame.memoryAddress(), length, length, nanos);
        }
    }

    /** Makes the next packet in the {@link #frame()}; its length. */
    int next() {
        if (step == Step.ALL.length) {
            step = 0;
            port = FIRST_PORT + (port + 1 - FIRST_PORT) % PORTS;
        }
        Step now = Step.ALL[step++];
        int side = now.fromClient ? 0 : 1;
        int length = PAYLOAD_OFFSET + now.payloadBytes;
        frame.setShort(ETHERTYPE_OFFSET, 0x0800);
        frame.setShort(IP_OFFSET, 0x4500);
        frame.setShort(IP_OFFSET + 2, length - IP_OFFSET);
        frame.setByte(IP_OFFSET + 9, IpProtocol.TCP);
        frame.setInt(IP_OFFSET + 12, now.fromClient ? CLIENT : SERVER);
        frame.setInt(IP_OFFSET + 16, now.fromClient ? SERVER : CLIENT);
        frame.setShort(TCP_OFFSET, now.fromClient ? port : HTTP_PORT);
        frame.setShort(TCP_OFFSET + 2, now.fromClient ? HTTP_PORT : port);
        frame.setInt(TCP_OFFSET + 4, sequences[side]);
        frame.setInt(TCP_OFFSET + 8, sequences[1 - side]);
        frame.setByte(TCP_OFFSET + 12, TCP_HEADER_BYTES / 4 << 4);
        frame.setByte(TCP_OFFSET + 13, now.flags);
        frame.setShort(TCP_OFFSET + 14, 0xFFFF);
        if (now == Step.REQUEST) {
            frame.setBytes(PAYLOAD_OFFSET, REQUEST);
        } else if (now == Step.RESPONSE) {
            frame.setBytes(PAYLOAD_OFFSET, RESPONSE);
        }
        boolean counts = (now.flags & (Tcp.SYN | Tcp.FIN)) != 0;
        sequences[side] += now.payloadBytes + (counts ? 1 : 0);
        return length;
    }

    ByteBuf frame() {
        return frame;
    }
}
