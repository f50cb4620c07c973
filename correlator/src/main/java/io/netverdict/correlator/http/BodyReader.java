package io.netverdict.correlator.http;

import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.stream.DirectionStream.Piece;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where the body of a message ends (RFC 9112 section 6). */
final class BodyReader {
    private static final int MAX_CHUNK_LINE_BYTES = 4096;
    private static final int MAX_CHUNKS = 1 << 20;
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \t]*(;.*)?");
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * Where a body ends.
     *
     * @param framedEnd offset behind it as its framing tells, even if the stream ends before; -1 if
     *     not known
     * @param completeness whether all of it was seen
     * @param problem what breaks the framing, in words; null for nothing
     * @param problemOffset where
     */
    record Body(long framedEnd, Completeness completeness, String problem, long problemOffset) {
        /** The offset behind the body if all of it was seen, else -1. */
        long end() {
            return completeness == Completeness.COMPLETE ? framedEnd : -1;
        }
    }

    private final DirectionStream stream;

    BodyReader(DirectionStream stream) {
        this.stream = stream;
    }

    /** A body of a known length. */
    Body fixed(long start, long length) {
        long end = start + length;
        Completeness completeness =
                stream.seen(start, length) ? Completeness.COMPLETE : Completeness.INCOMPLETE;
        return new Body(end, completeness, null, -1);
    }

    /** A body that the close ends. */
    Body untilClose(long start, boolean endSeen) {
        long end = Math.max(start, stream.end());
        boolean whole = endSeen && stream.seen(start, end - start);
        return new Body(end, whole ? Completeness.COMPLETE : Completeness.INCOMPLETE, null, -1);
    }

    /** A body in chunks, with its trailers. */
    Body chunked(long start) {
        long at = start;
        for (int chunk = 0; chunk < MAX_CHUNKS; chunk++) {
            byte[] bytes = stream.bytes(at, MAX_CHUNK_LINE_BYTES);
            int newline = indexOfNewline(bytes);
            if (newline < 0) {
                if (bytes.length == MAX_CHUNK_LINE_BYTES) {
                    return new Body(-1, Completeness.INCOMPLETE, "an endless chunk size", at);
                }
                return at + bytes.length < stream.end()
                        ? behindCut(at)
                        : new Body(-1, Completeness.INCOMPLETE, null, -1);
            }
            String line = new String(bytes, 0, newline, StandardCharsets.ISO_8859_1);
            Matcher matcher = CHUNK_SIZE.matcher(line.stripTrailing());
            if (!matcher.matches()) {
                return new Body(-1, Completeness.INCOMPLETE, "a bad chunk size", at);
            }
            long size = Long.parseLong(matcher.group(1), 16);
            long lineEnd = at + newline + 1;
            if (size == 0) {
                return trailers(start, lineEnd);
            }
            long dataEnd = lineEnd + size;
            if (dataEnd >= stream.end()) {
                return new Body(-1, Completeness.INCOMPLETE, null, -1);
            }
            byte[] separator = stream.bytes(dataEnd, 2);
            if (separator.length > 0 && separator[0] == '\n') {
                at = dataEnd + 1;
            } else if (separator.length > 0 && separator[0] != '\r'
                    || separator.length > 1 && separator[1] != '\n') {
                return new Body(-1, Completeness.INCOMPLETE, "a chunk beyond its size", dataEnd);
            } else {
                at = dataEnd + 2;
            }
        }
        return new Body(-1, Completeness.UNKNOWN, null, -1);
    }

    /** Trailer lines up to the blank one. */
    private Body trailers(long start, long from) {
        long at = from;
        while (at - from < HttpHead.MAX_HEAD_BYTES) {
            byte[] bytes = stream.bytes(at, MAX_CHUNK_LINE_BYTES);
            int newline = indexOfNewline(bytes);
            if (newline < 0) {
                return at + bytes.length < stream.end()
                        ? behindCut(at)
                        : new Body(-1, Completeness.INCOMPLETE, null, -1);
            }
            boolean blank = newline == 0 || newline == 1 && bytes[0] == '\r';
            at += newline + 1;
            if (blank) {
                Completeness completeness =
                        stream.seen(start, at - start)
                                ? Completeness.COMPLETE
                                : Completeness.INCOMPLETE;
                return new Body(at, completeness, null, -1);
            }
        }
        return new Body(-1, Completeness.INCOMPLETE, "endless trailers", from);
    }

    /**
     * Chunk sizes were cut from the capture: a segment that was captured whole and ends with the
     * last chunk ends the body.
     */
    private Body behindCut(long from) {
        for (Piece piece : stream.piecesFrom(from)) {
            byte[] head = stream.bytes(piece.offset(), HttpParser.STATUS_PREFIX.length);
            if (piece.offset() > from && HttpParser.isStatusPrefix(head)) {
                return new Body(-1, Completeness.UNKNOWN, null, -1);
            }
            boolean whole = piece.captured().remaining() == piece.length();
            long tail = piece.end() - LAST_CHUNK.length;
            if (whole && tail >= piece.offset()) {
                byte[] end = stream.bytes(tail, LAST_CHUNK.length);
                if (java.util.Arrays.equals(end, LAST_CHUNK)) {
                    boolean seen = stream.seen(from, piece.end() - from);
                    return new Body(
                            piece.end(),
                            seen ? Completeness.COMPLETE : Completeness.INCOMPLETE,
                            null,
                            -1);
                }
            }
        }
        return new Body(-1, Completeness.UNKNOWN, null, -1);
    }

    private static int indexOfNewline(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
