package io.netverdict.correlator.survey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The head of a plain HTTP/1 response that lies in one segment: whether it tells success, and how
 * long the body is. Allocates nothing; for one thread, one instance serves many responses.
 */
final class ResponseHead {
    /** Neither a length nor chunks are announced, or not so that it is plain. */
    static final long NOT_ANNOUNCED = -1;

    static final long CHUNKED = -2;

    private static final int MAX_HEAD_BYTES = 8192;
    private static final int MAX_DIGITS = 15;
    private static final int STATUS_OFFSET = 8;
    private static final int NO_LINE = -1;

    // In small letters: compared without regard to case.
    private static final byte[] VERSION = ascii("http/1.");
    private static final byte[] SUCCESS = ascii(" 20");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] LENGTH = ascii("content-length:");
    private static final byte[] CHUNKS = ascii("transfer-encoding: chunked");

    /** Reading an array is several times as quick as reading a buffer. */
    private final byte[] head = new byte[MAX_HEAD_BYTES];

    private int limit;
    private int bodyOffset;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a segment's payload.
     *
     * @return the body's length in bytes, {@link #CHUNKED} or {@link #NOT_ANNOUNCED}
     */
    long read(ByteBuffer data, int start, int captured) {
        limit = Math.min(captured, MAX_HEAD_BYTES);
        data.get(start, head, 0, limit);
        bodyOffset = 0;
        if (!begins(0, VERSION) || !begins(STATUS_OFFSET, SUCCESS)) {
            return NOT_ANNOUNCED;
        }
        long announced = NOT_ANNOUNCED;
        boolean chunked = false;
        int line = lineAfter(0);
        while (line != NO_LINE && !begins(line, LINE_END)) {
            if (begins(line, LENGTH)) {
                announced = number(line + LENGTH.length);
            }
            chunked |= begins(line, CHUNKS);
            line = lineAfter(line);
        }
        bodyOffset = line + LINE_END.length;
        if (line == NO_LINE) {
            return NOT_ANNOUNCED;
        }
        return chunked ? CHUNKED : announced;
    }

    /** Where the body begins in the segment's payload. */
    int bodyOffset() {
        return bodyOffset;
    }

    /** Where the next line begins, or {@link #NO_LINE}. */
    private int lineAfter(int from) {
        for (int at = from; at < limit - 1; at++) {
            if (head[at] == '\r' && head[at + 1] == '\n') {
                return at + 2;
            }
        }
        return NO_LINE;
    }

    private boolean begins(int at, byte[] text) {
        if (text.length > limit - at) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            int there = head[at + i];
            int small = there >= 'A' && there <= 'Z' ? there + ('a' - 'A') : there;
            if (small != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** The number up to the end of a line; {@link #NOT_ANNOUNCED} where it is none. */
    private long number(int from) {
        int at = from;
        while (at < limit && head[at] == ' ') {
            at++;
        }
        int begin = at;
        long number = 0;
        while (at < limit && head[at] >= '0' && head[at] <= '9') {
            number = 10 * number + head[at++] - '0';
            if (at - begin > MAX_DIGITS) {
                return NOT_ANNOUNCED;
            }
        }
        boolean whole = at > begin && at < limit && head[at] == '\r';
        return whole ? number : NOT_ANNOUNCED;
    }
}
