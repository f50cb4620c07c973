package io.netverdict.correlator.fragment;

import java.util.List;

/**
 * A datagram of which fragments are missing.
 *
 * @param key what its fragments have in common
 * @param frames the packet numbers of the fragments that came, in order of arrival
 * @param firstNanos time of the first, nanoseconds since the epoch
 * @param lastNanos time of the last
 * @param receivedBytes payload bytes that came
 * @param totalBytes payload bytes of the datagram, or -1 where its last fragment is missing
 */
public record IncompleteDatagram(
        DatagramKey key,
        List<Long> frames,
        long firstNanos,
        long lastNanos,
        int receivedBytes,
        int totalBytes) {
    public IncompleteDatagram {
        frames = List.copyOf(frames);
    }
}
