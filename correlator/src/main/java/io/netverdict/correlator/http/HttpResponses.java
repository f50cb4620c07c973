package io.netverdict.correlator.http;

import java.util.List;

/**
 * The server's side of a connection as HTTP/1.
 *
 * @param responses in the order of the stream, interim ones among them
 * @param malformed whether bytes came that are no HTTP, or break its framing
 * @param malformedOffset where, -1 otherwise
 * @param malformedSample the first bytes there, escaped; null otherwise
 * @param problem what is wrong there, in words; null otherwise
 * @param tunnelOffset where the server's stream goes on as something else, after a 2xx to CONNECT
 *     or a 101; -1 without. On the client's side the tunnel begins at the {@code end} of the
 *     request
 * @param tunnelRequestIndex the request that opened the tunnel, -1 without
 * @param excessOffset where bytes follow that answer no request (all are answered); -1 without
 */
public record HttpResponses(
        List<HttpResponse> responses,
        boolean malformed,
        long malformedOffset,
        String malformedSample,
        String problem,
        long tunnelOffset,
        int tunnelRequestIndex,
        long excessOffset) {
    public HttpResponses {
        responses = List.copyOf(responses);
    }
}
