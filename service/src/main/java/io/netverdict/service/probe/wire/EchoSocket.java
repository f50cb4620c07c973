package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.nativelib.socket.IcmpNotice;
import io.netverdict.nativelib.socket.NetworkSocket;
import io.netverdict.nativelib.socket.NetworkSocket.Kind;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.service.probe.flow.ProbeFlow;
import io.netverdict.service.probe.flow.ProbeSession;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * ICMP echoes to one address (RFC 792, RFC 4443 section 4): over a raw socket, or where that is not
 * permitted over a datagram socket of the kernel's. Fragments are forbidden. For one thread.
 */
final class EchoSocket implements AutoCloseable {
    static final int ICMP_HEADER_BYTES = 8;
    private static final int V4_HEADER_BYTES = 20;
    private static final int V6_HEADER_BYTES = 40;
    private static final int MAX_PACKET_BYTES = 65_535;
    private static final int ECHO = 8;
    private static final int V6_ECHO = 128;
    private static final int ECHO_REPLY = 0;
    private static final int V6_ECHO_REPLY = 129;
    private static final int CHECKSUM_OFFSET = 2;
    private static final int ID_OFFSET = 4;
    private static final int SEQUENCE_OFFSET = 6;
    private static final byte FILLING = 'n';

    private final ProbeSession session;
    private final NetworkSocket socket;
    private final ProbeFlow flow;
    private final int id;
    private final byte[] buffer = new byte[MAX_PACKET_BYTES];

    /**
     * What came back for an echo.
     *
     * @param sequence of the echo
     * @param notice the ICMP error; null for an echo reply
     */
    record Answer(int sequence, IcmpNotice notice) {}

    private EchoSocket(ProbeSession session, NetworkSocket socket, ProbeFlow flow, int id) {
        this.session = session;
        this.socket = socket;
        this.flow = flow;
        this.id = id;
    }

    static EchoSocket open(ProbeSession session, IpAddress target) throws SocketFailure {
        NetworkSocket socket = openSocket(target);
        ProbeFlow flow = null;
        try {
            int id;
            if (socket.kind() == Kind.ICMP_DATAGRAM) {
                socket.bindAny();
                id = socket.local().getPort();
            } else {
                id = 1 + ThreadLocalRandom.current().nextInt((1 << Short.SIZE) - 1);
            }
            socket.forbidFragments();
            socket.collectErrors();
            flow = session.open(IpProtocol.ICMP, id, target, 0);
            socket.connect(new InetSocketAddress(Addresses.of(target), 0));
            return new EchoSocket(session, socket, flow, id);
        } catch (SocketFailure e) {
            socket.close();
            if (flow != null) {
                flow.close();
            }
            throw e;
        }
    }

    private static NetworkSocket openSocket(IpAddress target) throws SocketFailure {
        try {
            return NetworkSocket.open(Kind.ICMP_RAW, Addresses.of(target));
        } catch (SocketFailure raw) {
            if (raw.reason() != SocketFailure.Reason.NOT_PERMITTED) {
                throw raw;
            }
        }
        return NetworkSocket.open(Kind.ICMP_DATAGRAM, Addresses.of(target));
    }

    /** Bytes of the smallest packet. */
    int headerBytes() {
        return (socket.v6() ? V6_HEADER_BYTES : V4_HEADER_BYTES) + ICMP_HEADER_BYTES;
    }

    /**
     * Sends an echo.
     *
     * @param packetBytes IP header included
     */
    void send(int sequence, int packetBytes) throws SocketFailure {
        ByteBuffer message =
                ByteBuffer.allocate(ICMP_HEADER_BYTES + Math.max(0, packetBytes - headerBytes()));
        java.util.Arrays.fill(message.array(), FILLING);
        message.put((byte) (socket.v6() ? V6_ECHO : ECHO)).put((byte) 0).putShort((short) 0);
        message.putShort((short) id).putShort((short) sequence);
        if (!socket.v6()) {
            // ICMPv6's covers the addresses, too: there the kernel computes it.
            message.putShort(CHECKSUM_OFFSET, checksum(message.array()));
        }
        socket.send(message.array(), null);
    }

    /** RFC 1071. */
    static short checksum(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (i & 1) == 0 ? (bytes[i] & 0xFF) << 8 : bytes[i] & 0xFF;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** The next answer to an echo of this socket; null where none comes until a moment. */
    Answer await(long moment) {
        for (long slice = session.sliceUntil(moment);
                slice > 0;
                slice = session.sliceUntil(moment)) {
            NetworkSocket.Ready ready = socket.await(false, slice);
            if (ready.error()) {
                IcmpNotice notice = socket.nextNotice();
                Answer answer = notice == null ? null : answer(notice);
                if (answer != null) {
                    return answer;
                }
                socket.pendingError();
            }
            if (ready.readable()) {
                Answer answer = answer(socket.receive(buffer));
                if (answer != null) {
                    return answer;
                }
            }
        }
        return null;
    }

    private Answer answer(IcmpNotice notice) {
        byte[] quoted = notice.quoted();
        boolean mine =
                notice.byNetwork()
                        && quoted.length >= ICMP_HEADER_BYTES
                        && unsignedShort(quoted, ID_OFFSET) == id;
        return mine ? new Answer(unsignedShort(quoted, SEQUENCE_OFFSET), notice) : null;
    }

    private Answer answer(int length) {
        boolean withHeader = socket.kind() == Kind.ICMP_RAW && !socket.v6();
        int at = withHeader && length > 0 ? (buffer[0] & 0x0F) * 4 : 0;
        if (length < at + ICMP_HEADER_BYTES) {
            return null;
        }
        int type = buffer[at] & 0xFF;
        boolean mine =
                type == (socket.v6() ? V6_ECHO_REPLY : ECHO_REPLY)
                        && unsignedShort(buffer, at + ID_OFFSET) == id;
        return mine ? new Answer(unsignedShort(buffer, at + SEQUENCE_OFFSET), null) : null;
    }

    private static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    @Override
    public void close() {
        socket.close();
        flow.close();
    }
}
