package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.correlator.stream.DirectionStream;

/**
 * Collects the payload of one TCP connection by direction and stream offset. Sequence numbers wrap
 * (RFC 9293 3.4); what is more than 2^31 bytes away from the newest byte is taken for noise by its
 * place. Not thread-safe.
 */
final class ConnectionStreams {
    /** Segments with payload read of each direction; what comes later is left out. */
    static final int MAX_SEGMENTS = 100_000;

    private static final class Side {
        private final DirectionStream.Builder builder = new DirectionStream.Builder();
        private boolean started;
        private int newest;
        private long newestOffset;
        private int segments;
        private boolean finSeen;
        private boolean synSent;

        private void add(Tcp segment, DecodedPacket packet) {
            finSeen |= segment.fin();
            synSent |= segment.syn() && !segment.ack();
            int sequence = (int) segment.sequence() + (segment.syn() ? 1 : 0);
            if (!started && (segment.syn() || segment.payloadLength() > 0)) {
                started = true;
                newest = sequence;
            }
            if (segment.payloadLength() == 0 || segments == MAX_SEGMENTS) {
                return;
            }
            segments++;
            long offset = newestOffset + (sequence - newest);
            builder.add(offset, segment.payloadLength(), segment.payload(), packet);
            if (offset > newestOffset) {
                newestOffset = offset;
                newest = sequence;
            }
        }
    }

    private final Side low = new Side();
    private final Side high = new Side();
    private Endpoint lowEnd;
    private Endpoint highEnd;
    private boolean synAckFromLow;
    private boolean synAckFromHigh;

    void add(DecodedPacket packet) {
        Tcp segment = packet.tcp();
        boolean fromLow = packet.source().compareTo(packet.destination()) <= 0;
        if (lowEnd == null) {
            lowEnd = fromLow ? packet.source() : packet.destination();
            highEnd = fromLow ? packet.destination() : packet.source();
        }
        if (segment.syn() && segment.ack()) {
            synAckFromLow |= fromLow;
            synAckFromHigh |= !fromLow;
        }
        if (!segment.rst()) {
            (fromLow ? low : high).add(segment, packet);
        }
    }

    /** Whether the low end is the client: by the SYN, else by the higher port. */
    boolean clientIsLow() {
        if (low.synSent || synAckFromHigh) {
            return true;
        }
        if (high.synSent || synAckFromLow) {
            return false;
        }
        return lowEnd.port() > highEnd.port();
    }

    DirectionStream fromClient() {
        return (clientIsLow() ? low : high).builder.build();
    }

    DirectionStream fromServer() {
        return (clientIsLow() ? high : low).builder.build();
    }

    boolean serverFinSeen() {
        return (clientIsLow() ? high : low).finSeen;
    }

    int serverPort() {
        return (clientIsLow() ? highEnd : lowEnd).port();
    }
}
