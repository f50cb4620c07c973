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
 * <p>A flow whose beginning was not recorded is joined at the first request in the clear, and never
 * counts as plainly well.
 *
 * <p>Of a flow that is unusual from somewhere on, {@link #soundFromNanos} says what needs the
 * closer look. For one thread; one instance serves many flows.
 */
final class Glance {
    private static final int TCP_HEADER_BYTES = 20;
    private static final long WRAP = 0xFFFF_FFFFL;

    /** The rest of a response whose beginning was not recorded is shorter than this. */
    private static final int MAX_PACKETS_TO_JOIN = 200;

    private enum Stage {
        NEW,
        OPENING,
        OPEN,
        JOINING
    }

    private final HeaderView headers = new HeaderView();
    private final GlanceContent content = new GlanceContent();

    /** By direction: 0 what the client sends, 1 what the server sends. */
    private final long[] next = new long[2];

    private final long[] acked = new long[2];
    private final boolean[] fin = new boolean[2];
    private Stage stage;
    private int clientPort;
    private long clientLow;
    private int seen;
    private int soundAt;
    private boolean joined;
    private long soundFromNanos;

    /** Whether a flow's packets, in order, are connections that went well. */
    boolean wentWell(List<CapturedPacket> flow) {
        begin();
        seen = 0;
        soundAt = 0;
        soundFromNanos = Long.MIN_VALUE;
        joined = false;
        for (CapturedPacket packet : flow) {
            if (!usual(packet)) {
                return false;
            }
            seen++;
        }
        return ended() && !joined;
    }

    /**
     * The time of the last request before which all had gone well: asked, answered in full and
     * acknowledged. {@link Long#MIN_VALUE} where there was none.
     */
    long soundFromNanos() {
        return soundFromNanos;
    }

    /** How many packets are older than that. */
    int soundPackets() {
        return soundAt;
    }

    private void begin() {
        stage = Stage.NEW;
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
        if (syn && stage == Stage.OPEN && ended()) {
            // The same ports are used again for another connection.
            begin();
        }
        if (seen == 0 && !syn) {
            stage = Stage.JOINING;
        }
        if (stage == Stage.NEW || stage == Stage.OPENING) {
            return opens(flags, sequence, acknowledgment, length);
        }
        boolean plain = (flags & (Tcp.SYN | Tcp.RST)) == 0 && (flags & Tcp.ACK) != 0;
        int start = at + headerBytes;
        int captured = Math.max(0, headers.transportCapturedLength() - headerBytes);
        if (stage == Stage.JOINING) {
            if (!plain || (flags & Tcp.FIN) != 0 || seen >= MAX_PACKETS_TO_JOIN) {
                return false;
            }
            if (!GlanceContent.isRequest(data, start, captured)) {
                return true;
            }
            join(sequence, acknowledgment);
        }
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
        boolean settled = acked[0] == next[0] && acked[1] == next[1] && content.awaitsRequest();
        if (from == 0 && length > 0 && settled) {
            soundAt = seen;
            soundFromNanos = packet.timeNanos();
        }
        next[from] += length;
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
        boolean first = stage == Stage.NEW;
        int wanted = first ? Tcp.SYN : Tcp.SYN | Tcp.ACK;
        if ((flags & (Tcp.SYN | Tcp.ACK | Tcp.RST | Tcp.FIN)) != wanted || length != 0) {
            return false;
        }
        int from = first ? 0 : 1;
        next[from] = sequence + 1;
        acked[from] = sequence + 1;
        if (first) {
            stage = Stage.OPENING;
            beginsAs(headers.sourcePort(), headers.sourceLow());
            return true;
        }
        stage = Stage.OPEN;
        return acknowledgment == (next[0] & WRAP);
    }

    /** Goes on from a request, as if all before it had been well. */
    private void join(long sequence, long acknowledgment) {
        stage = Stage.OPEN;
        joined = true;
        beginsAs(headers.sourcePort(), headers.sourceLow());
        next[0] = sequence;
        acked[0] = sequence;
        next[1] = acknowledgment;
        acked[1] = acknowledgment;
    }

    private void beginsAs(int port, long low) {
        clientPort = port;
        clientLow = low;
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
