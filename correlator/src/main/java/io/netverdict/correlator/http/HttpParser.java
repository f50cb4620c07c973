package io.netverdict.correlator.http;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.decode.WireText;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.stream.DirectionStream.Piece;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What requests and responses have in common: where they may begin, and their packets. */
final class HttpParser {
    static final byte[] STATUS_PREFIX = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int SAMPLE_BYTES = 48;
    private static final int REQUEST_PROBE_BYTES = 24;

    /** A method that is registered, at least its beginning where the bytes end. */
    private static final Pattern REQUEST_START =
            Pattern.compile(
                    "(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PROPFIND|PROPPATCH|MKCOL"
                            + "|COPY|MOVE|LOCK|UNLOCK|SEARCH|REPORT|MERGE|NOTIFY|SUBSCRIBE"
                            + "|UNSUBSCRIBE|M-SEARCH|PURGE|LINK|UNLINK) [!-~].*",
                    Pattern.DOTALL);

    private HttpParser() {}

    /** Whether bytes are the beginning of a status line, as far as they go. */
    static boolean isStatusPrefix(byte[] bytes) {
        if (bytes.length < STATUS_PREFIX.length) {
            return false;
        }
        return mayBecomeStatus(bytes);
    }

    /** Whether bytes do not speak against a status line. */
    static boolean mayBecomeStatus(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, STATUS_PREFIX.length); i++) {
            if (bytes[i] != STATUS_PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isRequestStart(DirectionStream stream, long offset) {
        byte[] bytes = stream.bytes(offset, REQUEST_PROBE_BYTES);
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        return REQUEST_START.matcher(start).matches();
    }

    /** The beginning of the first piece behind an offset where a message begins; -1 for none. */
    static long nextMessage(DirectionStream stream, long behind, boolean responses) {
        for (Piece piece : stream.piecesFrom(behind)) {
            if (piece.offset() <= behind) {
                continue;
            }
            boolean begins =
                    responses
                            ? isStatusPrefix(stream.bytes(piece.offset(), STATUS_PREFIX.length))
                            : isRequestStart(stream, piece.offset());
            if (begins) {
                return piece.offset();
            }
        }
        return -1;
    }

    static DecodedPacket firstPacket(DirectionStream stream, long offset) {
        Piece piece = stream.pieceAt(offset);
        return piece == null ? null : piece.packet();
    }

    /** The packet that brought the last byte seen between two offsets. */
    static DecodedPacket lastPacket(DirectionStream stream, long offset, long end) {
        DecodedPacket last = null;
        for (Piece piece : stream.piecesFrom(offset)) {
            if (piece.offset() >= end) {
                break;
            }
            last = piece.packet();
        }
        return last;
    }

    static String sample(DirectionStream stream, long offset) {
        return WireText.escape(stream.bytes(offset, SAMPLE_BYTES));
    }
}
