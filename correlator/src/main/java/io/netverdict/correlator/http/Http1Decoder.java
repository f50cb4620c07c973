package io.netverdict.correlator.http;

import io.netverdict.correlator.stream.DirectionStream;
import java.util.List;

/**
 * Reads the two directions of a connection as HTTP/1.0 and HTTP/1.1 (RFC 9112).
 *
 * <p>Never throws on network bytes. Bodies are passed over where their framing tells how far, even
 * where they were not captured; where the framing itself was cut, the next message is looked for at
 * the beginning of a segment. Stateless.
 */
public final class Http1Decoder {

    private Http1Decoder() {}

    /** The requests of the client's stream; empty where it is no HTTP/1. */
    public static List<HttpRequest> requests(DirectionStream stream) {
        return requests(stream, 0);
    }

    /**
     * The requests of the client's stream from an offset on. Where no request begins there, the
     * recording may have begun within one: the next that begins a segment is the first.
     */
    public static List<HttpRequest> requests(DirectionStream stream, long startOffset) {
        checkOffset(startOffset);
        return new RequestReader(stream).read(startOffset);
    }

    /**
     * The responses of the server's stream.
     *
     * @param requests what they answer; empty where that was not recorded
     * @param endSeen whether the server's FIN was seen
     */
    public static HttpResponses responses(
            DirectionStream stream, List<HttpRequest> requests, boolean endSeen) {
        return responses(stream, 0, requests, endSeen, true);
    }

    /**
     * The responses of the server's stream from an offset on.
     *
     * @param startSeen whether a response has to begin at the offset; otherwise the recording may
     *     have begun within one, and the next that begins a segment is the first
     */
    public static HttpResponses responses(
            DirectionStream stream,
            long startOffset,
            List<HttpRequest> requests,
            boolean endSeen,
            boolean startSeen) {
        checkOffset(startOffset);
        return new ResponseReader(stream, requests, endSeen).read(startOffset, startSeen);
    }

    private static void checkOffset(long startOffset) {
        if (startOffset < 0) {
            throw new IllegalArgumentException("startOffset=" + startOffset);
        }
    }
}
