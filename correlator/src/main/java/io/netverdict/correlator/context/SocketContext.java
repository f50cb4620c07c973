package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An open TCP socket of the request, as the kernel saw it. Values the kernel did not give are null.
 *
 * @param local {@code address:port}
 * @param remote {@code address:port}
 * @param state {@code ESTABLISHED}, {@code SYN_SENT} …
 * @param receiveQueueBytes received and not yet read by the process
 * @param receiveBufferBytes the most that may wait there
 * @param sendQueueBytes written by the process and not yet acknowledged
 * @param roundTripMicros smoothed
 * @param retransmitTimeoutMicros the present one, backed off
 * @param congestionWindowSegments may be in flight at once
 * @param retransmitsInARow of the oldest segment
 * @param retransmittedSegments in the socket's life
 * @param unackedSegments in flight
 * @param lostSegments of those, taken for lost
 * @param pathMtuBytes what the kernel thinks passes
 * @param segmentSizeBytes sent at most
 * @param userId the owner's
 * @param owner the process, null where it is not known
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SocketContext(
        String local,
        String remote,
        String state,
        long receiveQueueBytes,
        Long receiveBufferBytes,
        long sendQueueBytes,
        Long roundTripMicros,
        Long retransmitTimeoutMicros,
        Long congestionWindowSegments,
        Long retransmitsInARow,
        Long retransmittedSegments,
        Long unackedSegments,
        Long lostSegments,
        Long pathMtuBytes,
        Long segmentSizeBytes,
        long userId,
        Owner owner) {

    /**
     * The process that holds a socket.
     *
     * @param pid as this machine numbers it
     * @param name of its command
     * @param container its container's id as far as its control group tells, or empty
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Owner(long pid, String name, String container) {}
}
