package io.netverdict.correlator.http;

import io.netverdict.correlator.http.BodyReader.Body;
import io.netverdict.correlator.stream.DirectionStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads requests one behind the other. */
final class RequestReader {
    private static final int MAX_REQUESTS = 100_000;

    /** Method, target and version; some of the version, and of the target, may be cut off. */
    private static final Pattern REQUEST_LINE =
            Pattern.compile(
                    "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) (\\S+)"
                            + "(?: (HTTP/1\\.\\d)| (?:H|HT|HTT|HTTP|HTTP/|HTTP/1|HTTP/1\\.)?)?\\s*");

    private final DirectionStream stream;
    private final BodyReader bodies;

    RequestReader(DirectionStream stream) {
        this.stream = stream;
        this.bodies = new BodyReader(stream);
    }

    List<HttpRequest> read(long startOffset) {
        List<HttpRequest> requests = new ArrayList<>();
        long offset = skipBlankLines(startOffset);
        while (offset >= 0 && offset < stream.end() && requests.size() < MAX_REQUESTS) {
            HttpHead head = HttpHead.read(stream, offset);
            Matcher line = REQUEST_LINE.matcher(head.startLine());
            boolean request =
                    line.matches()
                            && (line.group(3) != null
                                    || !head.startLineWhole()
                                            && HttpParser.isRequestStart(stream, offset));
            if (!request) {
                if (!requests.isEmpty() && bodyIsKnown(requests.get(requests.size() - 1))) {
                    break;
                }
                offset = HttpParser.nextMessage(stream, offset, false);
                continue;
            }
            Body body = body(head);
            HttpRequest read = request(offset, line, head, body);
            requests.add(read);
            long next =
                    body.framedEnd() > offset
                            ? skipBlankLines(body.framedEnd())
                            : HttpParser.nextMessage(stream, offset, false);
            if (body.problem() != null) {
                break;
            }
            offset = next;
        }
        return requests;
    }

    private static boolean bodyIsKnown(HttpRequest request) {
        return request.end() >= 0;
    }

    /** Blank lines before a request line are to be ignored (RFC 9112 section 2.2). */
    private long skipBlankLines(long offset) {
        long at = offset;
        for (byte octet : stream.bytes(offset, 8)) {
            if (octet != '\r' && octet != '\n') {
                break;
            }
            at++;
        }
        return at;
    }

    private Body body(HttpHead head) {
        if (head.end() < 0) {
            Completeness completeness = head.cut() ? Completeness.UNKNOWN : Completeness.INCOMPLETE;
            return new Body(-1, completeness, head.problem(), -1);
        }
        if (head.isChunked()) {
            return bodies.chunked(head.end());
        }
        Optional<Long> length = head.contentLength();
        return bodies.fixed(head.end(), length.orElse(0L));
    }

    private HttpRequest request(long offset, Matcher line, HttpHead head, Body body) {
        long bodyLength =
                head.isChunked()
                        ? HttpResponse.UNKNOWN
                        : head.contentLength().orElse(head.end() < 0 ? HttpResponse.HEAD_CUT : 0L);
        long until = body.framedEnd() >= 0 ? body.framedEnd() : stream.end();
        return new HttpRequest(
                offset,
                line.group(1),
                line.group(2),
                line.group(3) == null ? "" : line.group(3),
                head.headers(),
                head.end(),
                bodyLength,
                head.isChunked(),
                body.end(),
                HttpParser.firstPacket(stream, offset),
                HttpParser.lastPacket(stream, offset, until),
                body.completeness());
    }
}
