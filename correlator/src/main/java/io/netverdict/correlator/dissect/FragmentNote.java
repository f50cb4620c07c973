package io.netverdict.correlator.dissect;

import java.util.List;

/**
 * What is to be said of a fragment.
 *
 * @param identification of its datagram
 * @param offset of its payload in the datagram, bytes
 * @param length of its payload, bytes
 * @param moreFragments whether others follow
 * @param reassembledIn the frame that completes the datagram, or -1 where none does
 * @param frames all fragments in the order of the datagram, where this one completes it; else empty
 * @param reassembledBytes payload bytes of the datagram where this one completes it, else -1
 */
public record FragmentNote(
        long identification,
        int offset,
        int length,
        boolean moreFragments,
        long reassembledIn,
        List<Long> frames,
        int reassembledBytes) {
    public FragmentNote {
        frames = List.copyOf(frames);
    }
}
