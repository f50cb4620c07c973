package io.netverdict.correlator.tcp;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Transport.Tcp;
import java.util.List;

/**
 * One TCP segment in its connection, with 64-bit offsets in place of wrapping sequence numbers.
 *
 * @param packet the packet
 * @param fromClient its direction
 * @param offset of its first payload byte in its direction's stream; -1 for a SYN
 * @param length payload bytes on the wire (more than an MTU where offloading merged segments)
 * @param ackOffset how much of the other direction it acknowledges; -1 without ACK
 * @param windowBytes the advertised window, scaled where the scale is known
 * @param retransmission whether it ends no higher than what was sent before: a repeat, or late
 * @param keepAlive whether it is a keep-alive probe: at most one byte, just below what was
 *     acknowledged
 * @param sacked ranges of the other direction it acknowledges selectively
 */
public record Segment(
        DecodedPacket packet,
        boolean fromClient,
        long offset,
        int length,
        long ackOffset,
        long windowBytes,
        boolean retransmission,
        boolean keepAlive,
        List<Range> sacked) {

    public Segment {
        sacked = List.copyOf(sacked);
    }

    /** Stream offsets, from inclusive, to exclusive. */
    public record Range(long from, long to) {
        public long length() {
            return to - from;
        }
    }

    public Tcp tcp() {
        return packet.tcp();
    }

    public long timeNanos() {
        return packet.timeNanos();
    }

    public long number() {
        return packet.number();
    }

    /** One past the last payload byte. */
    public long end() {
        return offset + length;
    }

    public boolean syn() {
        return tcp().syn();
    }

    public boolean fin() {
        return tcp().fin();
    }

    public boolean rst() {
        return tcp().rst();
    }

    public boolean carriesData() {
        return length > 0 && !keepAlive && !syn();
    }
}
