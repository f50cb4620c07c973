package io.netverdict.capture.index;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import java.nio.ByteBuffer;

/**
 * Says how much of a packet is worth keeping: of each direction of a flow the first part whole, of
 * the rest the headers and a few bytes.
 *
 * <p>Kept whole whatever the flow has carried: everything but TCP and UDP, fragments, DNS in all
 * its forms, SYN and RST, payloads of up to {@value #SMALL_PAYLOAD_BYTES} bytes (alerts, GOAWAY,
 * ends of chunked bodies). TLS handshakes and what may be QUIC get at least {@value
 * #HANDSHAKE_BYTES} bytes. The opening of each request and response is kept on a connection however
 * long it is used, and after {@value #IDLE_SECONDS} s of silence the flow counts as new.
 *
 * <p>Hot path: no allocation, no lock, bounded work. The flows are remembered in a fixed table of
 * {@value #SLOTS} slots (768 KiB); a flow that loses its slot to another counts as new, so more of
 * it is kept, never less. One instance belongs to one thread.
 */
public final class PayloadCutoff {
    /** Everything is kept. */
    public static final long OFF = Long.MAX_VALUE;

    /** Up to here a payload is kept whole. */
    static final int SMALL_PAYLOAD_BYTES = 64;

    /** A status line up to its code, a TLS record header, an HTTP/2 frame header. */
    static final int HEAD_BYTES = 12;

    /** What is kept of each request and response when the flow has had its share. */
    static final int OPENING_BYTES = 256;

    /** A TLS or QUIC handshake with long certificate chains. */
    static final int HANDSHAKE_BYTES = 32 << 10;

    static final int IDLE_SECONDS = 1;
    static final int SLOTS = 1 << 14;

    private static final long IDLE_NANOS = IDLE_SECONDS * 1_000_000_000L;

    // A slot: whose it is, when it last carried payload, and three byte counts with three flags.
    private static final int SLOT_LONGS = 6;
    private static final int OWNER = 0;
    private static final int LAST_NANOS = 1;
    private static final int SEEN_FROM_LOW = 2;
    private static final int SEEN_FROM_HIGH = 3;
    private static final int SEEN_OF_TURN = 4;
    private static final int FLAGS = 5;
    private static final long TURN_OF_LOW = 1;
    private static final long LOW_SHAKES_HANDS = 2;
    private static final long HIGH_SHAKES_HANDS = 4;

    private static final int UDP_HEADER_BYTES = 8;
    private static final int TCP_MIN_HEADER_BYTES = 20;
    private static final int TCP_DATA_OFFSET = 12;
    private static final int TCP_FLAGS_OFFSET = 13;
    private static final int TCP_FIN = 0x01;
    private static final int TCP_SYN = 0x02;
    private static final int TCP_RST = 0x04;

    /** Content type and major version of a record, RFC 8446 section 5.1. */
    private static final short TLS_HANDSHAKE = 0x1603;

    private static final int DNS_PORT = 53;
    private static final int DNS_OVER_TLS_PORT = 853;
    private static final int MDNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;

    private final long bytesPerDirection;
    private final long[] slots;

    /**
     * @param bytesPerDirection payload kept whole of each direction of a flow, from 0, or {@link
     *     #OFF}
     */
    public PayloadCutoff(long bytesPerDirection) {
        if (bytesPerDirection < 0) {
            throw new IllegalArgumentException("bytesPerDirection=" + bytesPerDirection);
        }
        this.bytesPerDirection = bytesPerDirection;
        this.slots = bytesPerDirection == OFF ? new long[0] : new long[SLOTS * SLOT_LONGS];
    }

    /** Whether anything is ever cut. */
    public boolean isOn() {
        return bytesPerDirection != OFF;
    }

    /**
     * Counts a packet and tells how much of it to keep.
     *
     * @param view wrapped around the packet
     * @param tuple read from it
     * @param buffer the one the view is wrapped around; the packet's bytes up to the first {@value
     *     #HEAD_BYTES} of its payload are read
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
        if (!isOn() || !view.hasPorts() || view.isFragment() || isDns(view)) {
            return capturedLength;
        }
        int transport = view.transportOffset();
        boolean tcp = view.protocol() == IpProtocol.TCP;
        int headerBytes = UDP_HEADER_BYTES;
        int flags = 0;
        if (tcp) {
            if (view.transportCapturedLength() < TCP_MIN_HEADER_BYTES) {
                return capturedLength;
            }
            headerBytes = (buffer.get(transport + TCP_DATA_OFFSET) & 0xF0) >>> 2;
            flags = buffer.get(transport + TCP_FLAGS_OFFSET);
        }
        int slot = slot(tuple, timeNanos);
        if ((flags & TCP_SYN) != 0) {
            forget(slot, timeNanos);
            return capturedLength;
        }
        int payload = view.transportWireLength() - headerBytes;
        int captured = view.transportCapturedLength() - headerBytes;
        if (payload <= 0 || captured <= 0) {
            return capturedLength;
        }
        boolean handshake =
                !tcp
                        || captured >= Short.BYTES
                                && buffer.getShort(transport + headerBytes) == TLS_HANDSHAKE;
        int kept = count(slot, tuple.fromLow, payload, handshake, timeNanos);
        if ((flags & TCP_FIN) != 0) {
            kept = Math.max(kept, OPENING_BYTES);
        }
        if (kept >= captured || (flags & TCP_RST) != 0) {
            return capturedLength;
        }
        return Math.min(capturedLength, transport - offset + headerBytes + kept);
    }

    private static boolean isDns(HeaderView view) {
        return isDns(view.sourcePort()) || isDns(view.destinationPort());
    }

    private static boolean isDns(int port) {
        return port == DNS_PORT
                || port == DNS_OVER_TLS_PORT
                || port == MDNS_PORT
                || port == LLMNR_PORT;
    }

    /** The flow's slot, cleared where another flow had it or the flow was silent. */
    private int slot(FlowTuple tuple, long timeNanos) {
        int slot =
                (tuple.hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS)) * SLOT_LONGS;
        long owner = (long) tuple.hash << Integer.SIZE | tuple.ports & 0xFFFF_FFFFL;
        if (slots[slot + OWNER] != owner || timeNanos - slots[slot + LAST_NANOS] > IDLE_NANOS) {
            slots[slot + OWNER] = owner;
            forget(slot, timeNanos);
        }
        return slot;
    }

    private void forget(int slot, long timeNanos) {
        slots[slot + LAST_NANOS] = timeNanos;
        slots[slot + SEEN_FROM_LOW] = 0;
        slots[slot + SEEN_FROM_HIGH] = 0;
        slots[slot + SEEN_OF_TURN] = 0;
        slots[slot + FLAGS] = 0;
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
