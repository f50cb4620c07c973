package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.Transport.Tcp;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A first look at a flow's headers: most connections go from SYN to both FINs, every byte once, in
 * order and acknowledged, every request answered. What is plainly so needs no closer look, which
 * costs many times as much; anything unusual gets one.
 *
 * <p>For one thread; one instance serves many flows.
 */
final class Glance {
    private static final int TCP_HEADER_BYTES = 20;
    private static final long WRAP = 0xFFFF_FFFFL;

    private final HeaderView headers = new HeaderView();
    private final GlanceContent content = new GlanceContent();

    /** By direction: 0 what the client sends, 1 what the server sends. */
    private final long[] next = new long[2];

    private final long[] acked = new long[2];
    private final boolean[] fin = new boolean[2];
    private int packets;
    private int clientPort;
    private long clientLow;

    /** Whether a flow's packets, in order, are connections that went well. */
    boolean wentWell(List<CapturedPacket> flow) {
        begin();
        for (CapturedPacket packet : flow) {
            if (!usual(packet)) {
                return false;
            }
            packets++;
        }
        return ended();
    }

    private void begin() {
        packets = 0;
        fin[0] = false;
        fin[1] = false;
        content.begin();
    }

    /** Whether both closed, all of it was acknowledged but for a FIN, and nothing is owed. */
    private boolean ended() {
        return fin[0]
                && fin[1]
                && acked[0] >= next[0] - 1
                && acked[1] >= next[1] - 1
                && content.whole();
    }

    private boolean usual(CapturedPacket packet) {
        LinkType linkType = LinkType.fromCode(packet.linkType());
        ByteBuffer data = packet.data();
        headers.wrap(data, 0, packet.capturedLength(), packet.wireLength(), linkType);
        boolean tcp =
                headers.protocol() == IpProtocol.TCP
                        && !headers.isFragment()
                        && !headers.malformed()
                        && headers.transportCapturedLength() >= TCP_HEADER_BYTES;
        if (!tcp) {
            return false;
        }
        int at = headers.transportOffset();
        long sequence = data.getInt(at + 4) & WRAP;
        long acknowledgment = data.getInt(at + 8) & WRAP;
        int headerBytes = (data.get(at + 12) >>> 4 & 0x0F) * 4;
        int flags = data.get(at + 13) & 0xFF;
        int window = data.getShort(at + 14) & 0xFFFF;
        int length = headers.transportWireLength() - headerBytes;
        if (length < 0 || headerBytes < TCP_HEADER_BYTES || window == 0) {
            return false;
        }
        boolean syn = (flags & (Tcp.SYN | Tcp.ACK)) == Tcp.SYN;
        if (syn && packets > 1 && ended()) {
            // The same ports are used again for another connection.
            begin();
        }
        if (packets < 2) {
            return opens(flags, sequence, acknowledgment, length);
        }
        boolean plain = (flags & (Tcp.SYN | Tcp.RST)) == 0 && (flags & Tcp.ACK) != 0;
        int from = headers.sourcePort() == clientPort && headers.sourceLow() == clientLow ? 0 : 1;
        if (!plain || !acknowledges(from, acknowledgment)) {
            return false;
        }
        if (length == 0 && (flags & Tcp.FIN) == 0) {
            // A bare acknowledgment; below the next number it would be a keep-alive probe.
            return sequence == (next[from] & WRAP);
        }
        if (fin[from] || sequence != (next[from] & WRAP)) {
            return false;
        }
        next[from] += length;
        int start = at + headerBytes;
        int captured = Math.max(0, headers.transportCapturedLength() - headerBytes);
        if (length > 0 && !content.sends(from == 0, data, start, captured, length)) {
            return false;
        }
        if ((flags & Tcp.FIN) != 0) {
            next[from]++;
            fin[from] = true;
        }
        return true;
    }

    private boolean opens(int flags, long sequence, long acknowledgment, int length) {
        int wanted = packets == 0 ? Tcp.SYN : Tcp.SYN | Tcp.ACK;
        if ((flags & (Tcp.SYN | Tcp.ACK | Tcp.RST | Tcp.FIN)) != wanted || length != 0) {
            return false;
        }
        next[packets] = sequence + 1;
        acked[packets] = sequence + 1;
        if (packets == 0) {
            clientPort = headers.sourcePort();
            clientLow = headers.sourceLow();
            return true;
        }
        return acknowledgment == (next[0] & WRAP);
    }

    /** Takes an acknowledgment into account; false where it covers what was not seen. */
    private boolean acknowledges(int from, long acknowledgment) {
        int other = 1 - from;
        long ahead = (acknowledgment - acked[other]) & WRAP;
        if (ahead > WRAP / 2) {
            return true;
        }
        acked[other] += ahead;
        return acked[other] <= next[other];
    }
}
