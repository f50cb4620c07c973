package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.capture.recording.RecordedFlow;
import java.nio.ByteBuffer;

/**
 * A first look at a flow's headers: most connections go from SYN to both FINs, every byte once, in
 * order and acknowledged, every request answered. Or to the RST of a client that has its answers,
 * as many say goodbye. What is plainly so needs no closer look, which costs many times as much;
 * anything unusual gets one.
 *
 * <p>A flow whose beginning was not recorded is joined at the first request in the clear; it counts
 * as plainly well only where much was well since. Every recording ends in the middle of some
 * connections: one that was well until then, and had nothing repeated, needs no closer look either.
 *
 * <p>Of a flow that is unusual from somewhere on, only what came after the last request before
 * which all had gone well needs the closer look: asked, answered in full and acknowledged.
 *
 * <p>Is shown one flow's packets in their order, without allocating; for one thread. Used again for
 * another flow after {@link #begin}.
 */
final class Glance {
    private static final int TCP_HEADER_BYTES = 20;
    private static final long WRAP = 0xFFFF_FFFFL;

    /** The rest of a response whose beginning was not recorded is shorter than this. */
    private static final int MAX_PACKETS_TO_JOIN = 200;

    /** Nobody complains of a silence as short as this, with which the recording ends. */
    private static final long SOON_NANOS = 500_000_000L;

    /** Less is not worth leaving out. */
    private static final int MIN_LEFT_OUT = 300;

    /** A pause before a repeat that is as long was waited for; see {@code Repairs}. */
    private static final long PAUSE_NANOS = 150_000_000L;

    /** One packet in so many may be a repeat. */
    private static final int MAX_REPEATED_SHARE = 100;

    private enum Stage {
        NEW,
        OPENING,
        OPEN,
        JOINING
    }

    private final GlanceContent content;

    /** By direction: 0 what the client sends, 1 what the server sends. */
    private final long[] next = new long[2];

    private final long[] acked = new long[2];
    private final boolean[] fin = new boolean[2];
    private boolean reset;
    private Stage stage;
    private int clientPort;
    private long clientLow;
    private int seen;
    private int soundAt;
    private int startAt;
    private boolean joined;
    private boolean unusual;
    private int repeats;
    private long previousNanos;
    private long soundFromNanos;
    private long startNanos;

    /**
     * @param head may be shared with others of the same thread
     */
    Glance(ResponseHead head) {
        content = new GlanceContent(head);
    }

    /**
     * Begins with a flow, or with another of its connections.
     *
     * @param seenBefore packets of the flow's earlier connections, which went well
     */
    void begin(int seenBefore) {
        begin();
        seen = seenBefore;
        soundAt = seenBefore;
        startAt = seenBefore;
        joined = false;
        unusual = false;
        repeats = 0;
    }

    /** Takes in the flow's next packet; after an unusual one no other counts. */
    void see(long timeNanos, HeaderView headers, ByteBuffer data) {
        if (unusual) {
            return;
        }
        if (usual(timeNanos, headers, data)) {
            seen++;
            previousNanos = timeNanos;
        } else {
            unusual = true;
        }
    }

    /** Whether all that was seen are connections that went well. */
    boolean wentWell() {
        return !unusual && ended() && (!joined || startIsLeftOut());
    }

    /**
     * Whether that is so of a connection in the middle of which the recording ended.
     *
     * @param untilNanos when it did
     */
    boolean goesOnWell(long untilNanos) {
        return !unusual
                && stage == Stage.OPEN
                && !fin[0]
                && !fin[1]
                && repeats == 0
                && untilNanos - previousNanos < SOON_NANOS
                && (!joined || startIsLeftOut());
    }

    /** Whether so much went well that only what came since the last request may be odd. */
    private boolean startIsLeftOut() {
        // Where repeats abound, loss may have begun before.
        boolean plain = repeats * MAX_REPEATED_SHARE <= soundAt;
        return plain && soundAt - startAt >= MIN_LEFT_OUT;
    }

    /** Whether that is so, and no more packets are due. */
    boolean closedWell() {
        return wentWell() && acked[0] == next[0] && acked[1] == next[1];
    }

    /**
     * What needs a closer look of a flow whose packets did not all go well.
     *
     * @param flow the one that was seen
     */
    Unusual unusualOf(RecordedFlow flow) {
        if (startIsLeftOut()) {
            return new Unusual(flow, soundFromNanos, flow.packets() - soundAt);
        }
        // The beginning of a connection costs little and tells more.
        return startAt > 0 && stage != Stage.NEW
                ? new Unusual(flow, startNanos, flow.packets() - startAt)
                : Unusual.whole(flow);
    }

    /** How many of the flow's packets were seen, earlier connections included. */
    int seen() {
        return seen;
    }

    private void begin() {
        stage = Stage.NEW;
        fin[0] = false;
        fin[1] = false;
        reset = false;
        content.begin();
    }

    /** Whether both closed, all of it was acknowledged but for a FIN, and nothing is owed. */
    private boolean ended() {
        return reset
                || fin[0]
                        && fin[1]
                        && acked[0] >= next[0] - 1
                        && acked[1] >= next[1] - 1
                        && content.whole();
    }

    private boolean usual(long timeNanos, HeaderView headers, ByteBuffer data) {
        boolean tcp =
                headers.protocol() == IpProtocol.TCP
                        && !headers.isFragment()
                        && !headers.malformed()
                        && headers.transportCapturedLength() >= TCP_HEADER_BYTES;
        if (!tcp) {
            return false;
        }
        int at = headers.transportOffset();
        long numbers = data.getLong(at + 4);
        long sequence = numbers >>> 32;
        long acknowledgment = numbers & WRAP;
        int rest = data.getInt(at + 12);
        int headerBytes = (rest >>> 28) * 4;
        int flags = rest >>> 16 & 0xFF;
        int window = rest & 0xFFFF;
        int length = headers.transportWireLength() - headerBytes;
        boolean closed = window == 0 && (flags & Tcp.RST) == 0;
        if (length < 0 || headerBytes < TCP_HEADER_BYTES || closed) {
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
            return opens(headers, timeNanos, flags, sequence, acknowledgment, length);
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
            join(headers, sequence, acknowledgment);
        }
        int from = headers.sourcePort() == clientPort && headers.sourceLow() == clientLow ? 0 : 1;
        if (reset) {
            return false;
        }
        if ((flags & Tcp.RST) != 0) {
            return resets(from, sequence, acknowledgment, flags, length);
        }
        if (!plain || !acknowledges(from, acknowledgment)) {
            return false;
        }
        if (length == 0 && (flags & Tcp.FIN) == 0) {
            // A bare acknowledgment; below the next number it would be a keep-alive probe.
            return sequence == (next[from] & WRAP);
        }
        if (fin[from] || sequence != (next[from] & WRAP)) {
            return repeats(from, sequence, length, flags, timeNanos);
        }
        if (from == 0 && length > 0 && settled()) {
            soundAt = seen;
            soundFromNanos = timeNanos;
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

    /** Whether every request was answered in full, and all of that acknowledged. */
    private boolean settled() {
        return acked[0] == next[0] && acked[1] == next[1] && content.awaitsRequest();
    }

    /** Whether that is the client's way to close, to whom nobody owes anything. */
    private boolean resets(int from, long sequence, long acknowledgment, int flags, int length) {
        boolean within = (flags & Tcp.ACK) == 0 || acknowledges(from, acknowledgment);
        boolean goodbye = from == 0 && length == 0 && sequence == (next[0] & WRAP);
        reset = within && goodbye && !fin[0] && !fin[1] && settled();
        return reset;
    }

    /** Whether all of it was sent before and nobody had waited for it; that costs nothing. */
    private boolean repeats(int from, long sequence, int length, int flags, long timeNanos) {
        long behind = (next[from] - sequence) & WRAP;
        boolean repeat = length > 0 && behind >= length && behind < WRAP / 2;
        if (!repeat || (flags & Tcp.FIN) != 0 || timeNanos - previousNanos >= PAUSE_NANOS) {
            return false;
        }
        repeats++;
        return true;
    }

    private boolean opens(
            HeaderView headers,
            long timeNanos,
            int flags,
            long sequence,
            long acknowledgment,
            int length) {
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
            startNanos = timeNanos;
            beginsAs(headers.sourcePort(), headers.sourceLow());
            return true;
        }
        stage = Stage.OPEN;
        return acknowledgment == (next[0] & WRAP);
    }

    /** Goes on from a request, as if all before it had been well. */
    private void join(HeaderView headers, long sequence, long acknowledgment) {
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
