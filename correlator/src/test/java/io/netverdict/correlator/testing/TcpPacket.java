package io.netverdict.correlator.testing;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.correlator.decode.TestBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A TCP segment of a script. Offsets count payload bytes from 0 in each direction; the SYN has -1.
 */
public final class TcpPacket extends IpPacket {
    private static final int MAX_SACK_BLOCKS = 3;
    private static final int MILLIS_PER_SECOND = 1000;

    private final Endpoint from;
    private final Endpoint to;
    final long firstSequence;
    final long peerSequence;
    final byte[] payload;
    long offset;
    long ackOffset = -1;
    int flags;
    int rawWindow = 64240;
    int maximumSegmentSize = -1;
    int windowScale = -1;
    boolean sackPermitted;
    long timestamp = -1;
    long timestampEcho;
    List<long[]> sacked = new ArrayList<>();
    private final boolean fromClient;
    private boolean lost;

    private TcpPacket(
            long timeNanos,
            Endpoint from,
            Endpoint to,
            long firstSequence,
            long peerSequence,
            boolean fromClient,
            byte[] payload) {
        super(timeNanos, from.address(), to.address(), IpProtocol.TCP, () -> new byte[0]);
        this.from = from;
        this.to = to;
        this.firstSequence = firstSequence;
        this.peerSequence = peerSequence;
        this.fromClient = fromClient;
        this.payload = payload;
    }

    static TcpPacket of(
            long timeNanos, TcpEnd sender, TcpEnd receiver, long offset, byte[] payload) {
        TcpPacket packet =
                new TcpPacket(
                        timeNanos,
                        sender.endpoint(),
                        receiver.endpoint(),
                        sender.firstSequence(),
                        receiver.firstSequence(),
                        sender.isClient(),
                        payload);
        packet.offset = offset;
        return packet;
    }

    /**
     * Never arrives. The recorder stands at the client: it sees what the client sent and lost, and
     * not what the server did.
     */
    public TcpPacket lost() {
        lost = true;
        if (!fromClient) {
            unrecorded();
        }
        return this;
    }

    boolean isLost() {
        return lost;
    }

    /** Was on its way for so much longer than others, by its TCP timestamp. */
    public TcpPacket delayedBy(double seconds) {
        timestamp -= Math.round(seconds * MILLIS_PER_SECOND);
        return this;
    }

    /** Acknowledges up to this payload offset of the other direction. */
    public TcpPacket acking(long peerOffset) {
        ackOffset = peerOffset;
        flags |= Tcp.ACK;
        return this;
    }

    /** Carries this window field as it stands on the wire. */
    public TcpPacket window(int raw) {
        rawWindow = raw;
        return this;
    }

    /** Starts at this payload offset instead. */
    public TcpPacket at(long otherOffset) {
        offset = otherOffset;
        return this;
    }

    @Override
    public TcpPacket ttl(int value) {
        super.ttl(value);
        return this;
    }

    @Override
    public TcpPacket ipId(int value) {
        super.ipId(value);
        return this;
    }

    @Override
    public TcpPacket unrecorded() {
        super.unrecorded();
        return this;
    }

    @Override
    public TcpPacket on(int otherInterface) {
        super.on(otherInterface);
        return this;
    }

    /** One past the last sequence number taken, as a payload offset. */
    long end() {
        boolean takesOne = (flags & (Tcp.SYN | Tcp.FIN)) != 0;
        return offset + payload.length + (takesOne ? 1 : 0);
    }

    @Override
    byte[] body() {
        byte[] options = options();
        return new TestBytes()
                .u16(from.port(), to.port())
                .u32(firstSequence + 1 + offset)
                .u32((flags & Tcp.ACK) == 0 ? 0 : peerSequence + 1 + ackOffset)
                .u8((5 + options.length / 4) << 4, flags)
                .u16(rawWindow, 0, 0)
                .raw(options)
                .raw(payload)
                .build();
    }

    private byte[] options() {
        TestBytes options = new TestBytes();
        if (maximumSegmentSize >= 0) {
            options.u8(2, 4).u16(maximumSegmentSize);
        }
        if (sackPermitted) {
            options.u8(1, 1, 4, 2);
        }
        if (timestamp >= 0) {
            options.u8(1, 1, 8, 10).u32(timestamp).u32(timestampEcho);
        }
        if (windowScale >= 0) {
            options.u8(1, 3, 3, windowScale);
        }
        int blocks = Math.min(MAX_SACK_BLOCKS, sacked.size());
        if (blocks > 0) {
            options.u8(1, 1, 5, 2 + 8 * blocks);
            for (long[] range : sacked.subList(0, blocks)) {
                options.u32(peerSequence + 1 + range[0]).u32(peerSequence + 1 + range[1]);
            }
        }
        return options.build();
    }
}
