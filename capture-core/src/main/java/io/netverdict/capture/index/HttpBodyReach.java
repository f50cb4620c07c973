package io.netverdict.capture.index;

import java.nio.ByteBuffer;

/**
 * Where the body of a plain HTTP/1 response lies that went well and told its length: bytes that no
 * diagnosis reads, because their number is all that counts (RFC 9112 section 6.2).
 *
 * <p>Only with status 200 to 399 and a {@code Content-Length}, and only where the whole header is
 * in one packet. Errors' bodies, chunks and bodies that end with the connection are not foreseen.
 *
 * <p>Hot path: no allocation, bounded work, once a response. One instance belongs to one thread.
 */
final class HttpBodyReach {
    /** Bytes of a payload that are looked through for the header. */
    static final int MAX_HEADER_BYTES = 2048;

    /** {@code HTTP}. */
    static final int BEGINNING = 0x4854_5450;

    private static final int SHORTEST_STATUS_LINE_BYTES = 12;
    private static final int STATUS_OFFSET = 9;
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
    private static final long LINE_FEEDS = LOWEST_BITS * '\n';
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final long MAX_BODY_BYTES = 1 << 30;
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes();
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes();

    private int headerBytes;
    private int bodyBytes;

    /** Header and the empty line behind it; what {@link #find} found. */
    int headerBytes() {
        return headerBytes;
    }

    /** The body's length, 1 to 2^30: what is beyond is not foreseen. */
    int bodyBytes() {
        return bodyBytes;
    }

    /**
     * Looks for such a response's header.
     *
     * @param at where the payload begins
     * @param end where its captured bytes end
     */
    boolean find(ByteBuffer buffer, int at, int end) {
        int limit = Math.min(end, at + MAX_HEADER_BYTES);
        if (limit - at < SHORTEST_STATUS_LINE_BYTES
                || buffer.getInt(at) != BEGINNING
                || !hasBody(status(buffer, at + STATUS_OFFSET))) {
            return false;
        }
        long length = -1;
        int line = afterLine(buffer, at, limit);
        while (line < limit && buffer.get(line) != '\r') {
            int first = buffer.get(line) | 0x20;
            if (first == 't' && begins(buffer, line, limit, TRANSFER_ENCODING)) {
                return false;
            }
            if (first == 'c' && begins(buffer, line, limit, CONTENT_LENGTH)) {
                length = number(buffer, line + CONTENT_LENGTH.length, limit);
            }
            line = afterLine(buffer, line, limit);
        }
        headerBytes = line + 2 - at;
        bodyBytes = (int) Math.min(length, MAX_BODY_BYTES);
        return line + 2 <= limit && length > 0;
    }

    private static boolean hasBody(int status) {
        return status >= 200 && status < 400 && status != NO_CONTENT && status != NOT_MODIFIED;
    }

    private static int status(ByteBuffer buffer, int at) {
        return (buffer.get(at) - '0') * 100
                + (buffer.get(at + 1) - '0') * 10
                + (buffer.get(at + 2) - '0');
    }

    private static int afterLine(ByteBuffer buffer, int from, int limit) {
        int at = from;
        while (at <= limit - Long.BYTES && !hasLineFeed(buffer.getLong(at))) {
            at += Long.BYTES;
        }
        while (at < limit && buffer.get(at) != '\n') {
            at++;
        }
        return at + 1;
    }

    /** Whether one of eight bytes is a line feed: makes it zero, then looks for a zero byte. */
    private static boolean hasLineFeed(long eight) {
        long zeroed = eight ^ LINE_FEEDS;
        return (zeroed - LOWEST_BITS & ~zeroed & HIGHEST_BITS) != 0;
    }

    private static boolean begins(ByteBuffer buffer, int at, int limit, byte[] lowerCase) {
        if (limit - at < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int letter = buffer.get(at + i);
            if (letter != lowerCase[i] && (letter | 0x20) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** A decimal number behind spaces, or -1: also where anything but its line's end follows. */
    private static long number(ByteBuffer buffer, int from, int limit) {
        int at = from;
        while (at < limit && buffer.get(at) == ' ') {
            at++;
        }
        long number = -1;
        for (; at < limit && buffer.get(at) >= '0' && buffer.get(at) <= '9'; at++) {
            number = Math.max(number, 0) * 10 + buffer.get(at) - '0';
            if (number > MAX_BODY_BYTES) {
                return MAX_BODY_BYTES;
            }
        }
        return at < limit && buffer.get(at) == '\r' ? number : -1;
    }
}
