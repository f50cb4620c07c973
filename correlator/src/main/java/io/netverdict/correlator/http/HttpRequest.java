package io.netverdict.correlator.http;

import io.netverdict.capture.packet.DecodedPacket;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP/1 request, as much of it as was captured.
 *
 * @param offset of its first byte in the client's stream
 * @param method as sent
 * @param target as sent: a path, a URL, or host and port; its beginning where it was cut
 * @param version such as {@code HTTP/1.1}; empty where it was cut
 * @param headers those that were captured whole
 * @param headEnd offset behind the blank line, -1 if the head is incomplete
 * @param bodyLength bytes of body as announced; 0 without a body, {@link HttpResponse#UNKNOWN} when
 *     chunked, {@link HttpResponse#HEAD_CUT} when the head was cut before it could say
 * @param chunked whether the body is in chunks
 * @param end offset behind the whole message, -1 if it is not complete
 * @param first packet that brought its first byte
 * @param last packet that brought the last byte seen of it
 * @param completeness whether all of it was sent; UNKNOWN where the capture cut what would tell
 */
public record HttpRequest(
        long offset,
        String method,
        String target,
        String version,
        List<HttpHeader> headers,
        long headEnd,
        long bodyLength,
        boolean chunked,
        long end,
        DecodedPacket first,
        DecodedPacket last,
        Completeness completeness) {
    public HttpRequest {
        headers = List.copyOf(headers);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return HttpHead.header(headers, name);
    }

    /** The Host header. */
    public Optional<String> host() {
        return header("Host");
    }

    /** Whether this asks a proxy for a tunnel. */
    public boolean isConnect() {
        return method.equals("CONNECT");
    }
}
