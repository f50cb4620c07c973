package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import java.util.List;

/**
 * ARP requests or neighbor solicitations of the own host for one address.
 *
 * @param requests ascending by time
 * @param answers replies and advertisements of that address, ascending by time
 */
public record NeighborQuery(
        IpAddress target, List<DecodedPacket> requests, List<DecodedPacket> answers) {
    public NeighborQuery {
        requests = List.copyOf(requests);
        answers = List.copyOf(answers);
    }

    /** The requests between two times, if no answer came between them either; else empty. */
    public List<DecodedPacket> unansweredBetween(long fromNanos, long toNanos) {
        boolean answered =
                answers.stream()
                        .anyMatch(a -> a.timeNanos() >= fromNanos && a.timeNanos() <= toNanos);
        return answered
                ? List.of()
                : requests.stream()
                        .filter(r -> r.timeNanos() >= fromNanos && r.timeNanos() <= toNanos)
                        .toList();
    }
}
