package io.netverdict.service.lab;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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
     * Loss at random of so much of the traffic of a port, both ways, but for the first packets:
     * they set up the connection. The same seed, the same losses.
     */
    static PathFault loss(int port, double share, int sparedPackets, long seed) {
        Random random = new Random(seed);
        AtomicInteger packets = new AtomicInteger();
        return packet ->
                packet.serverPort() != port
                        || packets.incrementAndGet() <= sparedPackets
                        || random.nextDouble() >= share;
    }

    /** The server's first reset on a port gets lost, so that the client does not hear of it. */
    static PathFault lostFirstReset(int port) {
        AtomicBoolean lost = new AtomicBoolean();
        return packet ->
                packet.toServer()
                        || !packet.isReset()
                        || packet.serverPort() != port
                        || !lost.compareAndSet(false, true);
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
