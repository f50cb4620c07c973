package io.netverdict.capture.recording;

import java.util.List;
import java.util.Optional;

/**
 * What a recording saw and what it missed; part of every verdict.
 *
 * @param firstNanos time of the oldest packet still there, nanoseconds since the epoch; 0 when
 *     empty. A live recording begins where nothing has been overwritten since, on any interface:
 *     what came before is known in part at most
 * @param decidingSinceNanos from when on the packets that decide verdicts are complete: beginnings
 *     and ends of connections, TLS and QUIC handshakes, DNS, ICMP, ARP. At most {@code firstNanos};
 *     earlier where a live recording has overwritten other packets meanwhile. What came between the
 *     two may be found, and what else there was is not known
 * @param lastNanos time of the newest packet; 0 when empty. A live recording reaches to now even
 *     without packets: then this is the time of the snapshot
 * @param packets packets still there
 * @param droppedByKernel packets libpcap says the kernel dropped for lack of buffer; 0 for files
 *     that do not tell
 * @param droppedByInterface packets the interface dropped
 * @param overwritten packets that the ring has overwritten or had no room for
 * @param undecodable packets of unknown link types
 * @param live whether recording went on up to {@code lastNanos} (a file may simply end)
 * @param gaps times since {@code firstNanos} when no recorder was running, oldest first
 * @param interfaces what was recorded
 */
public record Coverage(
        long firstNanos,
        long decidingSinceNanos,
        long lastNanos,
        long packets,
        long droppedByKernel,
        long droppedByInterface,
        long overwritten,
        long undecodable,
        boolean live,
        List<RecordingGap> gaps,
        List<RecordedInterface> interfaces) {
    public Coverage {
        gaps = List.copyOf(gaps);
        interfaces = List.copyOf(interfaces);
    }

    /** The first gap that overlaps a time, both ends inclusive; empty where there is none. */
    public Optional<RecordingGap> gapIn(long fromNanos, long toNanos) {
        return gaps.stream()
                .filter(gap -> gap.fromNanos() <= toNanos && gap.toNanos() >= fromNanos)
                .findFirst();
    }

    /**
     * Whether of a moment only the packets that decide verdicts are still there: what else was sent
     * then has been overwritten, so that its absence says nothing.
     */
    public boolean onlyDecidingAt(long nanos) {
        return decidingSinceNanos < firstNanos && nanos < firstNanos;
    }
}
