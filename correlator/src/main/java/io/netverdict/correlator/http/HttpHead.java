package io.netverdict.correlator.http;

import io.netverdict.correlator.decode.WireText;
import io.netverdict.correlator.stream.DirectionStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The lines of a message's head, up to the blank one or to where the bytes end.
 *
 * @param startLine the first line, its beginning where it is cut
 * @param startLineWhole whether its end was captured
 * @param headers lines that were captured whole
 * @param end offset behind the blank line, -1 without
 * @param cut whether bytes of the head were on the wire and not captured, or in a hole
 * @param problem a line that is no header, in words; null for none
 */
record HttpHead(
        String startLine,
        boolean startLineWhole,
        List<HttpHeader> headers,
        long end,
        boolean cut,
        String problem) {
    static final int MAX_HEAD_BYTES = 1 << 17;
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    /** Reads the head at an offset. */
    static HttpHead read(DirectionStream stream, long offset) {
        byte[] bytes = stream.bytes(offset, MAX_HEAD_BYTES);
        List<HttpHeader> headers = new ArrayList<>();
        String startLine = null;
        String problem = null;
        int at = 0;
        while (true) {
            int newline = indexOfNewline(bytes, at);
            if (newline < 0) {
                break;
            }
            int lineEnd = newline > at && bytes[newline - 1] == '\r' ? newline - 1 : newline;
            if (startLine == null) {
                startLine = WireText.escape(bytes, at, lineEnd - at);
            } else if (lineEnd == at) {
                long end = offset + newline + 1;
                return new HttpHead(startLine, true, headers, end, false, problem);
            } else {
                boolean folded = bytes[at] == ' ' || bytes[at] == '\t';
                String line = WireText.escape(bytes, at, lineEnd - at);
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.add(
                            new HttpHeader(
                                    line.substring(0, colon).strip(),
                                    line.substring(colon + 1).strip()));
                } else if (!folded && problem == null) {
                    problem = "a header line without a colon";
                }
            }
            at = newline + 1;
        }
        boolean cut = offset + bytes.length < stream.end();
        if (bytes.length == MAX_HEAD_BYTES && problem == null) {
            problem = "a head of more than " + MAX_HEAD_BYTES + " bytes";
        }
        boolean whole = startLine != null;
        String first = whole ? startLine : WireText.escape(bytes);
        return new HttpHead(first, whole, headers, -1, cut, problem);
    }

    private static int indexOfNewline(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    static Optional<String> header(List<HttpHeader> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .findFirst();
    }

    /** Whether the last transfer coding is chunked (RFC 9112 section 6.1). */
    boolean isChunked() {
        boolean chunked = false;
        for (HttpHeader header : headers) {
            if (header.name().equalsIgnoreCase("Transfer-Encoding")) {
                String[] codings = header.value().split(",");
                chunked = codings[codings.length - 1].strip().equalsIgnoreCase("chunked");
            }
        }
        return chunked;
    }

    /** The announced length, empty without; a value that is no length shows as a problem. */
    Optional<Long> contentLength() {
        return header(headers, "Content-Length")
                .map(HttpHead::firstOfEqual)
                .filter(value -> DIGITS.matcher(value).matches())
                .map(Long::valueOf);
    }

    /** What is wrong with the framing, in words, or null (RFC 9112 section 6.3). */
    String framingProblem() {
        if (isChunked()) {
            return null;
        }
        String seen = null;
        for (HttpHeader header : headers) {
            if (!header.name().equalsIgnoreCase("Content-Length")) {
                continue;
            }
            String value = firstOfEqual(header.value());
            if (!DIGITS.matcher(value).matches()) {
                return "a Content-Length that is no number: " + value;
            }
            if (seen != null && !seen.equals(value)) {
                return "two Content-Lengths: " + seen + " and " + value;
            }
            seen = value;
        }
        return null;
    }

    /** A list of the same value repeated is that value (RFC 9110 section 8.6). */
    private static String firstOfEqual(String list) {
        String first = null;
        for (String value : list.split(",")) {
            if (first != null && !first.equals(value.strip())) {
                return list;
            }
            first = value.strip();
        }
        return first == null ? list : first;
    }
}
