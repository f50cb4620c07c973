package io.netverdict.capture.index;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowTuple;
import java.nio.ByteBuffer;

/**
 * Says what a packet is worth: how much of it to keep, and whether it decides verdicts and should
 * be kept for longer than others.
 *
 * <p>Of each direction of a flow the first part is kept whole, of the rest the headers and a few
 * bytes. Of the body of a plain HTTP response that went well and told its length ({@link
 * HttpBodyReach}) no more is kept than that from its beginning on. Kept whole whatever the flow has
 * carried: everything but TCP and UDP, fragments, DNS in all its forms, SYN and RST, payloads of up
 * to {@value #SMALL_PAYLOAD_BYTES} bytes (alerts, GOAWAY, ends of chunked bodies). TLS handshakes
 * and what may be QUIC get at least {@value #HANDSHAKE_BYTES} bytes. The opening of each request
 * and response is kept on a connection however long it is used, and after {@value #IDLE_SECONDS} s
 * of silence the flow counts as new.
 *
 * <p>Hot path: no allocation, no lock, bounded work. The flows are remembered in a fixed table of
 * {@value #SLOTS} slots (1 MiB); a flow that loses its slot to another counts as new, so more of it
 * is kept, never less. One instance belongs to one thread.
 */
public final class PayloadCutoff {
    /** Everything is kept. */
    public static final long OFF = Long.MAX_VALUE;

    /** Bytes of a payload that {@link #keptLength} reads of any packet. */
    public static final int PEEK_BYTES = 8;

    /** Up to here a payload is kept whole. */
    static final int SMALL_PAYLOAD_BYTES = 64;

    /** A status line up to its code, a TLS record header, an HTTP/2 frame header. */
    static final int HEAD_BYTES = 12;

    /** What is kept of each request and response when the flow has had its share. */
    static final int OPENING_BYTES = 256;

    /** What is kept of a body whose length is known. */
    static final int BODY_OPENING_BYTES = 64;

    /** A TLS or QUIC handshake with long certificate chains. */
    static final int HANDSHAKE_BYTES = 32 << 10;

    static final int IDLE_SECONDS = 1;
    static final int SLOTS = 1 << 14;

    private static final long IDLE_NANOS = IDLE_SECONDS * 1_000_000_000L;

    // A slot, a cache line: whose it is, when it last carried payload, three byte counts with
    // flags, and up to which sequence number each direction's bytes are foreseen.
    private static final int SLOT_LONGS = 8;
    private static final int OWNER = 0;
    private static final int LAST_NANOS = 1;
    private static final int SEEN_FROM_LOW = 2;
    private static final int SEEN_FROM_HIGH = 3;
    private static final int SEEN_OF_TURN = 4;
    private static final int FLAGS = 5;
    private static final int FORESEEN_FROM_LOW = 6;
    private static final int FORESEEN_FROM_HIGH = 7;
    private static final long TURN_OF_LOW = 1;
    private static final long LOW_SHAKES_HANDS = 2;
    private static final long HIGH_SHAKES_HANDS = 4;

    // What is foreseen, above the sequence number (RFC 9293) where it ends.
    private static final long HANDSHAKE = 1L << Integer.SIZE;
    private static final long BODY = 2L << Integer.SIZE;

    private static final int UDP_HEADER_BYTES = 8;
    private static final int TCP_MIN_HEADER_BYTES = 20;
    private static final int TCP_SEQUENCE_OFFSET = 4;
    private static final int TCP_DATA_OFFSET = 12;
    private static final int TCP_FLAGS_OFFSET = 13;

    /** Content type and major version of a record, RFC 8446 section 5.1. */
    private static final short TLS_HANDSHAKE = 0x1603;

    private final long bytesPerDirection;
    private final long[] slots = new long[SLOTS * SLOT_LONGS];
    private final HttpBodyReach httpBody = new HttpBodyReach();
    private boolean deciding;

    /**
     * @param bytesPerDirection payload kept whole of each direction of a flow, from 0, or {@link
     *     #OFF}
     */
    public PayloadCutoff(long bytesPerDirection) {
        if (bytesPerDirection < 0) {
            throw new IllegalArgumentException("bytesPerDirection=" + bytesPerDirection);
        }
        this.bytesPerDirection = bytesPerDirection;
    }

    /** Whether anything is ever cut. */
    public boolean isOn() {
        return bytesPerDirection != OFF;
    }

    /**
     * How much of a packet {@link #keptLength} will read: more than headers and the payload's first
     * {@value #PEEK_BYTES} bytes where it may carry TLS handshakes or begin a response.
     *
     * @param view wrapped around the packet
     * @param tuple read from it
     * @param buffer holds the packet at {@code offset} up to the peek
     * @return at most {@code capturedLength}, counted from the packet's beginning; 0 for no more
     */
    public int neededLength(
            HeaderView view, FlowTuple tuple, ByteBuffer buffer, int offset, int capturedLength) {
        if (view.protocol() != IpProtocol.TCP
                || !view.hasPorts()
                || view.transportCapturedLength() < TCP_MIN_HEADER_BYTES) {
            return 0;
        }
        int transport = view.transportOffset();
        int at = transport + headerBytes(buffer, transport);
        int captured = transport + view.transportCapturedLength() - at;
        if (captured < PEEK_BYTES) {
            return 0;
        }
        int most = 0;
        if (buffer.getInt(at) == HttpBodyReach.BEGINNING) {
            most = HttpBodyReach.MAX_HEADER_BYTES;
        } else if (TlsHandshakeReach.from(buffer, at, at + PEEK_BYTES, at + captured) > 0
                || isHandshakeForeseen(tuple)) {
            most = HANDSHAKE_BYTES;
        }
        return most == 0 ? 0 : Math.min(capturedLength, at - offset + most);
    }

    private boolean isHandshakeForeseen(FlowTuple tuple) {
        int slot = slotOf(tuple);
        int foreseen = slot + (tuple.fromLow() ? FORESEEN_FROM_LOW : FORESEEN_FROM_HIGH);
        return (slots[foreseen] & HANDSHAKE) != 0 && slots[slot + OWNER] == owner(tuple);
    }

    private static int headerBytes(ByteBuffer buffer, int transport) {
        return (buffer.get(transport + TCP_DATA_OFFSET) & 0xF0) >>> 2;
    }

    /** Whether the packet that {@link #keptLength} was last asked about decides verdicts. */
    public boolean isDeciding() {
        return deciding;
    }

    /**
     * Counts a packet and tells how much of it to keep.
     *
     * @param view wrapped around the packet
     * @param tuple read from it
     * @param buffer the one the view is wrapped around; the packet's bytes up to the first {@value
     *     #PEEK_BYTES} of its payload are read, all where {@link #needsPayload}
     * @param offset where the packet begins in it
     * @param capturedLength bytes captured
     * @param timeNanos since the epoch
     * @return at most {@code capturedLength}, counted from the packet's beginning
     */
    public int keptLength(
            HeaderView view,
            FlowTuple tuple,
            ByteBuffer buffer,
            int offset,
            int capturedLength,
            long timeNanos) {
        if (!view.hasPorts()) {
            deciding = DecidingPackets.withoutPorts(view);
            return capturedLength;
        }
        if (view.protocol() == IpProtocol.TCP) {
            return tcp(view, tuple, buffer, offset, capturedLength, timeNanos);
        }
        deciding = DecidingPackets.udp(view, buffer);
        int captured = view.transportCapturedLength() - UDP_HEADER_BYTES;
        if (!isOn() || view.isFragment() || DecidingPackets.isDns(view) || captured <= 0) {
            return capturedLength;
        }
        int payload = view.transportWireLength() - UDP_HEADER_BYTES;
        int kept = count(slot(tuple, timeNanos), tuple.fromLow(), payload, true, timeNanos);
        return kept >= captured
                ? capturedLength
                : Math.min(
                        capturedLength, view.transportOffset() - offset + UDP_HEADER_BYTES + kept);
    }

    private int tcp(
            HeaderView view,
            FlowTuple tuple,
            ByteBuffer buffer,
            int offset,
            int capturedLength,
            long timeNanos) {
        int transport = view.transportOffset();
        deciding = false;
        if (view.isFragment() || view.transportCapturedLength() < TCP_MIN_HEADER_BYTES) {
            return capturedLength;
        }
        int headerBytes = headerBytes(buffer, transport);
        int flags = buffer.get(transport + TCP_FLAGS_OFFSET);
        deciding = DecidingPackets.tcp(view, flags);
        if ((flags & DecidingPackets.TCP_SYN) != 0) {
            forget(slot(tuple, timeNanos), timeNanos);
            return capturedLength;
        }
        int payload = view.transportWireLength() - headerBytes;
        int captured = view.transportCapturedLength() - headerBytes;
        if (payload <= 0 || captured <= 0) {
            return capturedLength;
        }
        int slot = slot(tuple, timeNanos);
        int at = transport + headerBytes;
        int bodyFrom = foresee(slot, tuple.fromLow(), buffer, transport, at, payload, captured);
        if (!isOn() || DecidingPackets.isDns(view)) {
            return capturedLength;
        }
        boolean handshake = captured >= Short.BYTES && buffer.getShort(at) == TLS_HANDSHAKE;
        int kept = count(slot, tuple.fromLow(), payload, handshake, timeNanos);
        if (payload > SMALL_PAYLOAD_BYTES) {
            kept = Math.min(kept, Math.max(HEAD_BYTES, bodyFrom));
        }
        if ((flags & DecidingPackets.TCP_FIN) != 0) {
            kept = Math.max(kept, OPENING_BYTES);
        }
        if (kept >= captured || (flags & DecidingPackets.TCP_RST) != 0) {
            return capturedLength;
        }
        return Math.min(capturedLength, at - offset + kept);
    }

    /**
     * Follows TLS handshakes and HTTP bodies whose lengths are known, by sequence number.
     *
     * @param at where the payload begins
     * @return how much of the payload is worth keeping for the body's sake; all where it is none
     */
    private int foresee(
            int slot,
            boolean fromLow,
            ByteBuffer buffer,
            int transport,
            int at,
            int payload,
            int captured) {
        int foreseen = slot + (fromLow ? FORESEEN_FROM_LOW : FORESEEN_FROM_HIGH);
        int first = captured >= Integer.BYTES ? buffer.getInt(at) : 0;
        int sequence = buffer.getInt(transport + TCP_SEQUENCE_OFFSET);
        if (first == HttpBodyReach.BEGINNING) {
            slots[foreseen] = 0;
            if (httpBody.find(buffer, at, at + captured)) {
                long end = sequence + httpBody.headerBytes() + httpBody.bodyBytes();
                slots[foreseen] = BODY | end & 0xFFFF_FFFFL;
                int bodyFrom = httpBody.headerBytes() + BODY_OPENING_BYTES;
                return payload - httpBody.headerBytes() <= httpBody.bodyBytes()
                        ? bodyFrom
                        : payload;
            }
            return payload;
        }
        int left = (int) slots[foreseen] - sequence;
        long what = slots[foreseen] & ~0xFFFF_FFFFL;
        int covered = what == HANDSHAKE && left > 0 && left <= HANDSHAKE_BYTES ? left : 0;
        if (covered > 0 || TlsHandshakeReach.mayBegin(first >>> Short.SIZE)) {
            return handshake(foreseen, sequence, covered, buffer, at, payload, captured);
        }
        return what == BODY && left >= payload && left > 0 ? 0 : payload;
    }

    private int handshake(
            int foreseen,
            int sequence,
            int covered,
            ByteBuffer buffer,
            int at,
            int payload,
            int captured) {
        int reach = covered;
        int read = Math.min(captured, HANDSHAKE_BYTES);
        if (covered < payload && covered < read) {
            reach += TlsHandshakeReach.from(buffer, at + covered, at + read, at + payload);
        }
        if (reach > 0) {
            deciding = true;
            slots[foreseen] = HANDSHAKE | sequence + reach & 0xFFFF_FFFFL;
        }
        return payload;
    }

    /** The flow's slot, cleared where another flow had it or the flow was silent. */
    private int slot(FlowTuple tuple, long timeNanos) {
        int slot = slotOf(tuple);
        long owner = owner(tuple);
        if (slots[slot + OWNER] != owner || timeNanos - slots[slot + LAST_NANOS] > IDLE_NANOS) {
            slots[slot + OWNER] = owner;
            forget(slot, timeNanos);
        }
        return slot;
    }

    private static int slotOf(FlowTuple tuple) {
        return (tuple.hash() >>> Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS)) * SLOT_LONGS;
    }

    private static long owner(FlowTuple tuple) {
        return (long) tuple.hash() << Integer.SIZE | tuple.ports() & 0xFFFF_FFFFL;
    }

    private void forget(int slot, long timeNanos) {
        slots[slot + LAST_NANOS] = timeNanos;
        for (int field = SEEN_FROM_LOW; field < SLOT_LONGS; field++) {
            slots[slot + field] = 0;
        }
    }

    /** Counts a payload; bytes of it worth keeping. */
    private int count(int slot, boolean fromLow, int payload, boolean handshake, long timeNanos) {
        int direction = slot + (fromLow ? SEEN_FROM_LOW : SEEN_FROM_HIGH);
        long flags = slots[slot + FLAGS];
        if ((flags & TURN_OF_LOW) != 0 != fromLow) {
            flags ^= TURN_OF_LOW;
            slots[slot + SEEN_OF_TURN] = 0;
        }
        long shakesHands = fromLow ? LOW_SHAKES_HANDS : HIGH_SHAKES_HANDS;
        long seen = slots[direction];
        if (handshake && (flags & shakesHands) == 0) {
            // At the beginning, or behind CONNECT or STARTTLS.
            flags |= shakesHands;
            seen = 0;
        }
        long whole =
                (flags & shakesHands) == 0
                        ? bytesPerDirection
                        : Math.max(bytesPerDirection, HANDSHAKE_BYTES);
        long worth = Math.max(whole - seen, OPENING_BYTES - slots[slot + SEEN_OF_TURN]);
        slots[slot + LAST_NANOS] = timeNanos;
        slots[direction] = seen + payload;
        slots[slot + SEEN_OF_TURN] += payload;
        slots[slot + FLAGS] = flags;
        if (payload <= SMALL_PAYLOAD_BYTES) {
            return payload;
        }
        return (int) Math.max(HEAD_BYTES, Math.min(payload, worth));
    }
}
