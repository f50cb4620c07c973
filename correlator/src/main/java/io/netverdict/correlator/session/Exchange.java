package io.netverdict.correlator.session;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;

/**
 * A request and what came back for it. Offsets are of the two directions' streams.
 *
 * @param encrypted whether it was told from TLS records; method, status and headers are unknown
 *     then
 * @param request the request in the clear, or null
 * @param response the final response in the clear, or null
 * @param requestOffset of its first byte
 * @param requestEnd one past the last byte seen of it
 * @param requestFirst the packet with its first byte
 * @param requestLast the packet with the last byte seen of it
 * @param requestComplete whether the request is known to be whole; true where nobody can tell
 * @param responseOffset of its first byte, -1 where none came
 * @param responseSeen bytes of the response seen (head, body, TLS records)
 * @param responseFirst the packet with its first byte, or null
 * @param responseLast the packet with the last byte seen of it, or null
 * @param completion whether the response is whole
 * @param bodyAnnounced body bytes announced, -1 where unknown
 * @param bodySeen body bytes seen, -1 where unknown
 */
public record Exchange(
        boolean encrypted,
        HttpRequest request,
        HttpResponse response,
        long requestOffset,
        long requestEnd,
        DecodedPacket requestFirst,
        DecodedPacket requestLast,
        boolean requestComplete,
        long responseOffset,
        long responseSeen,
        DecodedPacket responseFirst,
        DecodedPacket responseLast,
        Completion completion,
        long bodyAnnounced,
        long bodySeen) {

    /** Whether a response is whole. */
    public enum Completion {
        NONE,
        PARTIAL,
        COMPLETE,
        /** Some of it came; whether that is all cannot be told. */
        UNKNOWN
    }

    /** When the request began, nanoseconds since the epoch. */
    public long startedNanos() {
        return requestFirst.timeNanos();
    }

    public boolean answered() {
        return responseFirst != null;
    }

    /** The status in the clear, or -1. */
    public int status() {
        return response == null ? -1 : response.status();
    }

    /** Method and target in the clear, or {@code an encrypted request}. */
    public String describe() {
        return request == null
                ? encrypted ? "an encrypted request" : "a request"
                : request.method() + " " + abbreviate(request.target());
    }

    private static String abbreviate(String target) {
        return target.length() <= 60 ? target : target.substring(0, 57) + "…";
    }
}
