package io.netverdict.correlator.tcp;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Transport.Tcp;
import java.util.List;

/** What is left of a connection whose data has been overwritten, and where its data goes on. */
final class HandshakeRemnant {
    private static final long SEQUENCE_MASK = 0xFFFF_FFFFL;

    private HandshakeRemnant() {}

    /**
     * Whether all packets of a connection so far are from before some time, and bytes may have been
     * exchanged between them and the packet that follows.
     */
    static boolean precedes(
            List<DecodedPacket> connection, DecodedPacket next, long dataSinceNanos) {
        DecodedPacket last = connection.get(connection.size() - 1);
        if (last.timeNanos() >= dataSinceNanos || next.tcp().syn()) {
            return false;
        }
        boolean answered = false;
        for (DecodedPacket packet : connection) {
            answered |= !packet.tcp().syn() || packet.tcp().ack();
        }
        return answered && !followsHandshake(connection, next);
    }

    /** Whether it is numbered as the first one behind SYN and SYN-ACK is. */
    private static boolean followsHandshake(List<DecodedPacket> connection, DecodedPacket next) {
        Tcp tcp = next.tcp();
        boolean sequence = false;
        boolean acknowledgment = false;
        for (DecodedPacket packet : connection) {
            if (packet.tcp().syn()) {
                long first = packet.tcp().sequence() + 1 & SEQUENCE_MASK;
                boolean own = packet.source().equals(next.source());
                sequence |= own && tcp.sequence() == first;
                acknowledgment |= !own && tcp.ack() && tcp.acknowledgment() == first;
            }
        }
        return sequence && acknowledgment;
    }
}
