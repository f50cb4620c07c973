package io.netverdict.service.lab;

import java.util.Random;

/** What is wrong with the path: asked for every packet, by two threads, one for each direction. */
@FunctionalInterface
public interface PathFault {
    /** Nothing is wrong. */
    PathFault NONE = packet -> true;

    /** Whether the packet gets through. */
    boolean passes(LabPacket packet);

    /** A firewall that drops everything to and from a port without a word. */
    static PathFault droppedPort(int port) {
        return packet -> packet.serverPort() != port;
    }

    /** A link that loses packets above a size towards the server and says nothing. */
    static PathFault largerThan(int bytes) {
        return packet -> !packet.toServer() || packet.length() <= bytes;
    }

    /**
     * Loss at random of so much of the TCP traffic of a port, both ways; the same seed, the same.
     */
    static PathFault loss(int port, double share, long seed) {
        Random random = new Random(seed);
        return packet -> packet.serverPort() != port || random.nextDouble() >= share;
    }

    /** The server's resets of a port get lost, so that the client never hears of them. */
    static PathFault lostResets(int port) {
        return packet -> packet.toServer() || !packet.isReset() || packet.serverPort() != port;
    }

    /** The path dies for a port once so many bytes have gone towards the server. */
    static PathFault deadAfter(int port, long bytes) {
        long[] sent = {0};
        return packet -> {
            if (packet.serverPort() != port) {
                return true;
            }
            synchronized (sent) {
                sent[0] += packet.toServer() ? packet.length() : 0;
                return sent[0] <= bytes;
            }
        };
    }
}
