package io.netverdict.correlator.http;

import io.netverdict.capture.packet.DecodedPacket;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP/1 response, as much of it as was captured.
 *
 * @param offset of its first byte in the server's stream
 * @param version such as {@code HTTP/1.1}
 * @param status the status code
 * @param reason the phrase behind it, possibly empty
 * @param headers those that were captured whole
 * @param headEnd offset behind the blank line, -1 if the head is incomplete
 * @param bodyLength bytes of body as announced; 0 where there can be none; {@link #UNKNOWN} when
 *     chunked or ended by the close; {@link #HEAD_CUT} when the head was cut before it could say
 * @param chunked whether the body is in chunks
 * @param bodySeen bytes behind the head that were on the wire without a hole, chunk framing
 *     included, at most up to the body's end
 * @param end offset behind the whole message, -1 if it is not complete
 * @param completeness whether all of it was sent; UNKNOWN where the capture cut what would tell
 * @param interim whether it is a 1xx, which does not answer the request yet
 * @param first packet that brought its first byte
 * @param last packet that brought the last byte seen of it
 * @param requestIndex which of the requests it answers, from 0; -1 if none is known
 */
public record HttpResponse(
        long offset,
        String version,
        int status,
        String reason,
        List<HttpHeader> headers,
        long headEnd,
        long bodyLength,
        boolean chunked,
        long bodySeen,
        long end,
        Completeness completeness,
        boolean interim,
        DecodedPacket first,
        DecodedPacket last,
        int requestIndex) {

    /** The length is not announced in the head. */
    public static final long UNKNOWN = -1;

    /** The head was cut off before it could tell the length. */
    public static final long HEAD_CUT = -2;

    public HttpResponse {
        headers = List.copyOf(headers);
    }

    /** Whether every byte of it was seen on the wire. */
    public boolean complete() {
        return completeness == Completeness.COMPLETE;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return HttpHead.header(headers, name);
    }
}
