package io.netverdict.service.packets;

import io.netverdict.capture.packet.Transport.Tcp;
import java.util.Map;
import java.util.TreeMap;

/**
 * One end of a TCP connection: its numbers from 0, its window's scale, and which frame brought
 * which bytes first. Not thread-safe.
 */
final class SentBytes {
    /** Window scales above 14 mean 14 (RFC 7323 2.3). */
    private static final int MAX_WINDOW_SCALE = 14;

    /** Segments remembered to find the original of a retransmission. */
    private static final int MAX_SEGMENTS = 50_000;

    private record Sent(long end, long frame) {}

    private final TreeMap<Long, Sent> segments = new TreeMap<>();
    private boolean known;
    private int newestRaw;
    private long newest;
    private int windowScale = -1;

    /**
     * A sequence number of this end, counted from its SYN, unwrapped.
     *
     * @param ifFirst what the first one seen counts as
     */
    long relative(long raw, long ifFirst) {
        if (!known) {
            known = true;
            newestRaw = (int) raw;
            newest = ifFirst;
        }
        long relative = newest + ((int) raw - newestRaw);
        if (relative > newest) {
            newest = relative;
            newestRaw = (int) raw;
        }
        return relative;
    }

    /** Takes note of the window scale that a SYN offers. */
    void offers(Tcp segment) {
        if (segment.syn()) {
            windowScale = Math.min(segment.options().windowScale(), MAX_WINDOW_SCALE);
        }
    }

    /** The window in bytes; as on the wire where a handshake was not seen (RFC 7323 2.2). */
    long windowBytes(Tcp segment, SentBytes peer) {
        boolean scaled = !segment.syn() && windowScale > 0 && peer.windowScale >= 0;
        return scaled ? (long) segment.window() << windowScale : segment.window();
    }

    /**
     * Remembers a segment.
     *
     * @return the frame that brought its first byte before; 0 for none
     */
    long add(long sequence, long length, long frame) {
        if (length == 0) {
            return 0;
        }
        Map.Entry<Long, Sent> before = segments.floorEntry(sequence);
        if (before != null && before.getValue().end() > sequence) {
            return before.getValue().frame();
        }
        if (segments.size() < MAX_SEGMENTS) {
            segments.put(sequence, new Sent(sequence + length, frame));
        }
        return 0;
    }
}
