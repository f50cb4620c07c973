package io.netverdict.it.lab;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Says, without the correlator's help, which packets of a recording are about one host. */
final class SlicePackets {
    private static final PacketDecoder DECODER = new PacketDecoder();

    private SlicePackets() {}

    /** All packets of a recording between two times. */
    static List<CapturedPacket> all(Recording recording, Instant from, Instant to) {
        long fromNanos = nanos(from);
        long toNanos = nanos(to);
        return recording.packets(
                recording.flows(fromNanos, toNanos).stream().map(RecordedFlow::key).toList(),
                fromNanos,
                toNanos);
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    static boolean isArp(CapturedPacket packet) {
        return DECODER.decode(packet).network() instanceof NetworkHeader.Arp;
    }

    /** Packets to, from or about an address, and DNS about a name. */
    static Predicate<CapturedPacket> about(String name, String address) {
        return packet -> {
            DecodedPacket decoded = DECODER.decode(packet);
            if (decoded.ip() == null) {
                return isArp(packet) && contains(packet, addressBytes(address));
            }
            boolean addressed =
                    decoded.source().address().toString().equals(address)
                            || decoded.destination().address().toString().equals(address);
            return addressed
                    || decoded.icmp() != null && contains(packet, addressBytes(address))
                    || decoded.udp() != null && contains(packet, firstLabel(name));
        };
    }

    private static byte[] firstLabel(String name) {
        String label = name.substring(0, name.indexOf('.'));
        byte[] text = label.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(text.length + 1).put((byte) text.length).put(text).array();
    }

    private static byte[] addressBytes(String address) {
        byte[] bytes = new byte[4];
        String[] parts = address.split("\\.");
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    private static boolean contains(CapturedPacket packet, byte[] wanted) {
        byte[] bytes = bytes(packet);
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            int same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    static byte[] bytes(CapturedPacket packet) {
        ByteBuffer data = packet.data().duplicate();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    /** A packet as a line that is equal for equal packets and says what it is. */
    static String describe(CapturedPacket packet) {
        DecodedPacket decoded = DECODER.decode(packet);
        String ends =
                decoded.ip() == null
                        ? decoded.network().getClass().getSimpleName()
                        : decoded.source() + " > " + decoded.destination();
        String kind = decoded.transport().getClass().getSimpleName();
        return packet.timeNanos() + " " + ends + " " + kind + " " + packet.wireLength();
    }
}
