package io.netverdict.correlator.http;

import io.netverdict.correlator.http.BodyReader.Body;
import io.netverdict.correlator.stream.DirectionStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads responses one behind the other and says which request each answers. */
final class ResponseReader {
    private static final int MAX_RESPONSES = 100_000;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern STATUS_LINE =
            Pattern.compile("(HTTP/1\\.\\d) +(\\d{3})(?: (.*))?\\s*");

    private final DirectionStream stream;
    private final List<HttpRequest> requests;
    private final boolean endSeen;
    private final BodyReader bodies;
    private final List<HttpResponse> responses = new ArrayList<>();
    private int nextRequest;
    private long malformedOffset = -1;
    private String problem;
    private long tunnelOffset = -1;
    private int tunnelRequest = -1;
    private long excessOffset = -1;

    ResponseReader(DirectionStream stream, List<HttpRequest> requests, boolean endSeen) {
        this.stream = stream;
        this.requests = requests;
        this.endSeen = endSeen;
        this.bodies = new BodyReader(stream);
    }

    HttpResponses read(long startOffset, boolean startSeen) {
        long offset = startOffset;
        boolean certain = startSeen;
        while (offset >= 0 && offset < stream.end() && responses.size() < MAX_RESPONSES) {
            byte[] start = stream.bytes(offset, HttpParser.STATUS_PREFIX.length);
            if (HttpParser.isStatusPrefix(start)) {
                offset = response(offset);
                // Behind framing that was cut, a message is found where it can only begin.
                certain = true;
                continue;
            }
            if (!certain || start.length < HttpParser.STATUS_PREFIX.length) {
                if (certain && !HttpParser.mayBecomeStatus(start)) {
                    noResponse(offset);
                    break;
                }
                offset = HttpParser.nextMessage(stream, offset, true);
                continue;
            }
            noResponse(offset);
            break;
        }
        return new HttpResponses(
                responses,
                malformedOffset >= 0,
                malformedOffset,
                malformedOffset < 0 ? null : HttpParser.sample(stream, malformedOffset),
                problem,
                tunnelOffset,
                tunnelRequest,
                excessOffset);
    }

    private void noResponse(long offset) {
        boolean allAnswered = !responses.isEmpty() && nextRequest >= requests.size();
        if (allAnswered && !requests.isEmpty()) {
            excessOffset = offset;
        } else {
            malformed(offset, "no status line");
        }
    }

    private void malformed(long offset, String what) {
        malformedOffset = offset;
        problem = what;
    }

    /** Reads one response; the offset of the next, or -1 where there is none to be found. */
    private long response(long offset) {
        HttpHead head = HttpHead.read(stream, offset);
        Matcher line = STATUS_LINE.matcher(head.startLine());
        if (!line.matches()) {
            if (!head.startLineWhole()) {
                // The stream or the capture ends within the status line.
                return head.cut() ? HttpParser.nextMessage(stream, offset, true) : -1;
            }
            malformed(offset, "a bad status line");
            return -1;
        }
        int status = Integer.parseInt(line.group(2));
        boolean interim = status < 200 && status != SWITCHING_PROTOCOLS;
        int requestIndex = nextRequest < requests.size() ? nextRequest : -1;
        HttpRequest request = requestIndex < 0 ? null : requests.get(requestIndex);
        Body body = body(head, status, request);
        responses.add(record(offset, line, head, body, interim, requestIndex, request));
        if (!interim) {
            nextRequest++;
        }
        if (head.problem() != null || head.framingProblem() != null && head.end() >= 0) {
            malformed(offset, head.problem() != null ? head.problem() : head.framingProblem());
            return -1;
        }
        if (body.problem() != null) {
            malformed(body.problemOffset(), body.problem());
            return -1;
        }
        boolean tunnel = request != null && request.isConnect() && status / 100 == 2;
        if (tunnel || status == SWITCHING_PROTOCOLS) {
            tunnelOffset = head.end();
            tunnelRequest = requestIndex;
            return -1;
        }
        return body.framedEnd() > offset
                ? body.framedEnd()
                : HttpParser.nextMessage(stream, offset, true);
    }

    private Body body(HttpHead head, int status, HttpRequest request) {
        if (head.end() < 0) {
            Completeness completeness = head.cut() ? Completeness.UNKNOWN : Completeness.INCOMPLETE;
            return new Body(-1, completeness, null, -1);
        }
        if (hasNoBody(status, request)) {
            return bodies.fixed(head.end(), 0);
        }
        if (head.isChunked()) {
            return bodies.chunked(head.end());
        }
        if (head.contentLength().isPresent()) {
            return bodies.fixed(head.end(), head.contentLength().get());
        }
        return bodies.untilClose(head.end(), endSeen);
    }

    private static boolean hasNoBody(int status, HttpRequest request) {
        boolean toHead = request != null && request.method().equals("HEAD");
        boolean toConnect = request != null && request.isConnect() && status / 100 == 2;
        return toHead
                || toConnect
                || status < 200
                || status == NO_CONTENT
                || status == NOT_MODIFIED;
    }

    private HttpResponse record(
            long offset,
            Matcher line,
            HttpHead head,
            Body body,
            boolean interim,
            int requestIndex,
            HttpRequest request) {
        int status = Integer.parseInt(line.group(2));
        long bodyLength;
        if (hasNoBody(status, request)) {
            bodyLength = 0;
        } else if (head.isChunked()) {
            bodyLength = HttpResponse.UNKNOWN;
        } else {
            long unsaid = head.end() < 0 ? HttpResponse.HEAD_CUT : HttpResponse.UNKNOWN;
            bodyLength = head.contentLength().orElse(unsaid);
        }
        long until = body.framedEnd() >= 0 ? body.framedEnd() : stream.end();
        long bodySeen =
                head.end() < 0
                        ? 0
                        : Math.max(0, Math.min(until, seenUntil(head.end())) - head.end());
        return new HttpResponse(
                offset,
                line.group(1),
                status,
                line.group(3) == null ? "" : line.group(3).strip(),
                head.headers(),
                head.end(),
                bodyLength,
                head.isChunked(),
                bodySeen,
                body.end(),
                body.completeness(),
                interim,
                HttpParser.firstPacket(stream, offset),
                HttpParser.lastPacket(stream, offset, until),
                requestIndex);
    }

    /** One past the last byte seen without a hole from an offset on. */
    private long seenUntil(long offset) {
        long at = offset;
        for (DirectionStream.Piece piece : stream.piecesFrom(offset)) {
            if (piece.offset() > at) {
                break;
            }
            at = piece.end();
        }
        return at;
    }
}
