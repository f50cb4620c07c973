package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.Transport.Tcp;
import java.util.HashMap;
import java.util.Map;

/**
 * Recognises the pieces of an offloaded segment that another interface saw cut up: the first
 * interface shows one long segment, the next one its parts.
 *
 * <p>A retransmission is told apart by its IP identification, which goes on counting, and by its
 * TCP timestamp.
 */
final class OffloadedCopies {
    private static final long COPY_NANOS = 5_000_000L;
    private static final int MAX_PIECES = 64;

    private final Map<EndpointPair, DecodedPacket> longest = new HashMap<>();

    /** Whether a packet is a piece of the last long segment of its direction. */
    boolean isPieceOfEarlier(DecodedPacket packet) {
        Tcp tcp = packet.tcp();
        if (tcp == null || tcp.payloadLength() == 0) {
            return false;
        }
        EndpointPair direction = new EndpointPair(packet.source(), packet.destination());
        DecodedPacket whole = longest.get(direction);
        if (whole != null && contains(whole, packet)) {
            return true;
        }
        longest.put(direction, packet);
        return false;
    }

    private static boolean contains(DecodedPacket whole, DecodedPacket piece) {
        Tcp all = whole.tcp();
        Tcp part = piece.tcp();
        long from = (part.sequence() - all.sequence()) & 0xFFFF_FFFFL;
        boolean within =
                part.payloadLength() < all.payloadLength()
                        && from + part.payloadLength() <= all.payloadLength();
        boolean sameMoment =
                piece.timeNanos() - whole.timeNanos() <= COPY_NANOS
                        && all.acknowledgment() == part.acknowledgment()
                        && all.options().timestampValue() == part.options().timestampValue();
        return within && sameMoment && numberedAfter(whole.ip(), piece.ip(), from);
    }

    /** The kernel numbers the pieces upwards from the whole's identification. */
    private static boolean numberedAfter(
            NetworkHeader.Ip whole, NetworkHeader.Ip piece, long from) {
        if (whole.identification() < 0) {
            return true;
        }
        long step = (piece.identification() - whole.identification()) & 0xFFFF;
        return from == 0 ? step == 0 : step > 0 && step < MAX_PIECES;
    }
}
