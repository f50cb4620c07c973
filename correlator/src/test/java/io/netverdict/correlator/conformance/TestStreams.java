package io.netverdict.correlator.conformance;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.correlator.stream.DirectionStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A capture file's packets, and its TCP streams put together in the plainest way. */
final class TestStreams {
    private static final long SEQUENCE_SPACE = 1L << 32;

    private record Way(Endpoint source, Endpoint destination) {}

    /** One direction of a connection. */
    static final class Direction {
        private final DirectionStream.Builder builder = new DirectionStream.Builder();
        private final long origin;
        private final boolean fromClient;
        private final boolean startSeen;
        private boolean endSeen;
        private Direction other;
        private DirectionStream stream;

        private Direction(long origin, boolean fromClient, boolean startSeen) {
            this.origin = origin;
            this.fromClient = fromClient;
            this.startSeen = startSeen;
        }

        DirectionStream stream() {
            if (stream == null) {
                stream = builder.build();
            }
            return stream;
        }

        boolean fromClient() {
            return fromClient;
        }

        boolean startSeen() {
            return startSeen;
        }

        boolean endSeen() {
            return endSeen;
        }

        /** The stream of the other side, without bytes if it sent none. */
        DirectionStream opposite() {
            return other == null ? new DirectionStream.Builder().build() : other.stream();
        }
    }

    private final List<DecodedPacket> packets = new ArrayList<>();
    private final List<Direction> directions = new ArrayList<>();
    private final Map<Way, Direction> current = new HashMap<>();

    static TestStreams read(Path file) throws IOException {
        TestStreams streams = new TestStreams();
        PacketDecoder decoder = new PacketDecoder();
        try (FileRecording recording = FileRecording.open(file)) {
            for (long number = 1; number <= recording.packets(); number++) {
                DecodedPacket packet = decoder.decode(recording.packet(number));
                streams.packets.add(packet);
                if (packet.tcp() != null && packet.ip() != null) {
                    streams.add(packet, packet.tcp());
                }
            }
        }
        return streams;
    }

    List<DecodedPacket> packets() {
        return packets;
    }

    List<Direction> directions() {
        return directions;
    }

    private void add(DecodedPacket packet, Tcp tcp) {
        Way way = new Way(packet.source(), packet.destination());
        Way back = new Way(packet.destination(), packet.source());
        Direction direction = current.get(way);
        boolean newConnection =
                tcp.syn() && direction != null && direction.origin != tcp.sequence() + 1;
        if (direction == null || newConnection) {
            Direction opposite = newConnection && !tcp.has(Tcp.ACK) ? null : current.get(back);
            boolean client =
                    tcp.syn() ? !tcp.has(Tcp.ACK) : tcp.destinationPort() < tcp.sourcePort();
            long origin = tcp.sequence() + (tcp.syn() ? 1 : 0);
            direction = new Direction(origin, client, tcp.syn());
            direction.other = opposite;
            if (opposite != null) {
                opposite.other = direction;
            } else if (newConnection) {
                current.remove(back);
            }
            current.put(way, direction);
            directions.add(direction);
        }
        long offset = tcp.sequence() + (tcp.syn() ? 1 : 0) - direction.origin;
        offset = Math.floorMod(offset + SEQUENCE_SPACE / 2, SEQUENCE_SPACE) - SEQUENCE_SPACE / 2;
        if (tcp.payloadLength() > 0) {
            direction.builder.add(offset, tcp.payloadLength(), tcp.payload(), packet);
        }
        direction.endSeen |= tcp.fin();
    }
}
