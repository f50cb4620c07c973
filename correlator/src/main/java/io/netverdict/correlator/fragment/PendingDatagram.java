package io.netverdict.correlator.fragment;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The fragments of one datagram so far. Not thread-safe. */
final class PendingDatagram {
    /** Behind the smallest header, what IPv4's length field has room for. */
    static final int MAX_PAYLOAD_BYTES = 0xFFFF - 20;

    /** Fragments begin at multiples of eight bytes; more than this are repetitions. */
    private static final int MAX_FRAGMENTS = 8192;

    private static final int UNKNOWN = -1;
    private static final int IPV4_LENGTH_OFFSET = 2;
    private static final int IPV4_FRAGMENT_OFFSET = 6;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int IPV6_LENGTH_OFFSET = 4;
    private static final int IPV6_NEXT_HEADER_OFFSET = 6;

    private final DatagramKey key;
    private final long firstNanos;
    private final NavigableMap<Integer, Fragment> fragments = new TreeMap<>();
    private final List<Long> frames = new ArrayList<>();
    private long lastNanos;
    private int totalBytes = UNKNOWN;
    private long receivedBytes;
    private boolean overlapping;

    PendingDatagram(DatagramKey key, long firstNanos) {
        this.key = key;
        this.firstNanos = firstNanos;
    }

    DatagramKey key() {
        return key;
    }

    long firstNanos() {
        return firstNanos;
    }

    /** Whether the same bytes came at the same place before. */
    boolean repeats(Fragment fragment) {
        Fragment there = fragments.get(fragment.offset());
        return there != null && there.repeats(fragment);
    }

    /**
     * Takes in a fragment; of bytes that came twice the first copy counts, unless a longer fragment
     * begins at the same place.
     */
    void add(Fragment fragment) {
        if (frames.size() < MAX_FRAGMENTS) {
            frames.add(fragment.packet().number());
        }
        receivedBytes += fragment.length();
        lastNanos = fragment.packet().timeNanos();
        if (fragment.last()) {
            overlapping |= totalBytes != UNKNOWN && totalBytes != fragment.end();
            totalBytes = totalBytes == UNKNOWN ? fragment.end() : totalBytes;
        }
        Map.Entry<Integer, Fragment> before = fragments.floorEntry(fragment.offset());
        Map.Entry<Integer, Fragment> after = fragments.higherEntry(fragment.offset());
        overlapping |= before != null && before.getValue().end() > fragment.offset();
        overlapping |= after != null && after.getKey() < fragment.end();
        if (before == null
                || before.getKey() != fragment.offset()
                || before.getValue().length() < fragment.length()) {
            fragments.put(fragment.offset(), fragment);
        }
    }

    boolean isComplete() {
        if (totalBytes == UNKNOWN || receivedBytes < totalBytes) {
            return false;
        }
        int reached = 0;
        for (Fragment fragment : fragments.values()) {
            if (fragment.offset() > reached) {
                return false;
            }
            reached = Math.max(reached, fragment.end());
        }
        return reached >= totalBytes;
    }

    IncompleteDatagram incomplete() {
        int received = 0;
        int reached = 0;
        for (Fragment fragment : fragments.values()) {
            received += Math.max(0, fragment.end() - Math.max(reached, fragment.offset()));
            reached = Math.max(reached, fragment.end());
        }
        return new IncompleteDatagram(key, frames, firstNanos, lastNanos, received, totalBytes);
    }

    /**
     * The whole datagram.
     *
     * @param completing the fragment that came last
     */
    ReassembledDatagram whole(DecodedPacket completing, PacketDecoder decoder) {
        ByteBuffer header = header();
        ByteBuffer bytes = ByteBuffer.allocate(header.remaining() + totalBytes);
        bytes.put(header.duplicate());
        appendPayload(bytes, fragments.values());
        bytes.flip();
        CapturedPacket captured = completing.captured();
        CapturedPacket raw =
                new CapturedPacket(
                        captured.number(),
                        captured.timeNanos(),
                        captured.interfaceIndex(),
                        completing.direction(),
                        LinkType.RAW.code(),
                        header.remaining() + totalBytes,
                        bytes);
        DecodedPacket decoded = decoder.decode(raw);
        DecodedPacket packet =
                new DecodedPacket(
                        raw,
                        completing.direction(),
                        completing.vlanId(),
                        decoded.network(),
                        decoded.transport(),
                        decoded.integrity());
        List<Long> ordered =
                fragments.values().stream().map(fragment -> fragment.packet().number()).toList();
        return new ReassembledDatagram(key, packet, ordered, overlapping);
    }

    private void appendPayload(ByteBuffer bytes, Collection<Fragment> parts) {
        int at = 0;
        for (Fragment fragment : parts) {
            int skip = at - fragment.offset();
            int keep = Math.min(fragment.end(), totalBytes) - at;
            if (keep <= 0) {
                continue;
            }
            int available = Math.max(0, Math.min(fragment.captured().remaining() - skip, keep));
            bytes.put(fragment.captured().slice(skip, available));
            if (available < keep) {
                return;
            }
            at += keep;
        }
    }

    /** The first fragment's header as if the datagram had never been fragmented. */
    private ByteBuffer header() {
        Fragment first = fragments.get(0);
        ByteBuffer original = first.header();
        if (key.protocol() >= 0) {
            ByteBuffer header = ByteBuffer.allocate(original.remaining()).put(original.duplicate());
            header.putShort(IPV4_LENGTH_OFFSET, (short) (original.remaining() + totalBytes));
            header.putShort(IPV4_FRAGMENT_OFFSET, (short) 0);
            return header.flip();
        }
        ByteBuffer header = ByteBuffer.allocate(IPV6_HEADER_BYTES);
        header.put(original.slice(0, IPV6_HEADER_BYTES));
        header.putShort(IPV6_LENGTH_OFFSET, (short) totalBytes);
        header.put(IPV6_NEXT_HEADER_OFFSET, (byte) first.nextHeader());
        return header.flip();
    }
}
