package io.netverdict.correlator.tls;

import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.decode.StructReader;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.stream.DirectionStream.Piece;
import io.netverdict.correlator.wire.Tls;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the records of a stream: from header to header where lengths tell, by searching behind
 * bytes that were not captured.
 */
final class RecordScanner {
    /** A record is found again within its own greatest size, or there is none. */
    private static final int SEARCH_BYTES = 4 * TlsRecord.MAX_LENGTH;

    private static final int MAJOR_VERSION = 3;
    private static final int MAX_MINOR_VERSION = 4;
    private static final int SSL2_LONG_HEADER = 0x80;
    private static final int SSL2_MIN_HELLO_BYTES = 9;

    private final DirectionStream stream;
    private final boolean fromClient;
    private final List<TlsRecord> records = new ArrayList<>();
    private DecodeState state = DecodeState.COMPLETE;
    private long resynchronizedAt = -1;
    private long malformedAt = -1;
    private TlsRecord sslV2Hello;

    RecordScanner(DirectionStream stream, boolean fromClient) {
        this.stream = stream;
        this.fromClient = fromClient;
    }

    List<TlsRecord> records() {
        return records;
    }

    DecodeState state() {
        return state;
    }

    long resynchronizedAt() {
        return resynchronizedAt;
    }

    long malformedAt() {
        return malformedAt;
    }

    /** The record that is an SSL 2.0 ClientHello: its length is that behind two bytes; or null. */
    TlsRecord sslV2Hello() {
        return sslV2Hello;
    }

    void scan(long startOffset) {
        long offset = startOffset;
        if (fromClient && isSslV2Hello(stream.bytes(offset, 5))) {
            byte[] start = stream.bytes(offset, 5);
            int length = (start[0] & 0x7F) << 8 | (start[1] & 0xFF);
            int version = (start[3] & 0xFF) << 8 | (start[4] & 0xFF);
            sslV2Hello = record(offset, TlsRecord.HANDSHAKE, version, length, 2);
            records.add(sslV2Hello);
            offset += 2 + length;
        }
        while (offset < stream.end()) {
            byte[] bytes = stream.bytes(offset, TlsRecord.HEADER_BYTES);
            if (bytes.length == TlsRecord.HEADER_BYTES && isPlausible(bytes)) {
                Tls.RecordHeader header = new Tls.RecordHeader(StructReader.over(bytes));
                header._read();
                TlsRecord record =
                        record(
                                offset,
                                header.contentType(),
                                header.version(),
                                header.length(),
                                TlsRecord.HEADER_BYTES);
                records.add(record);
                if (!record.complete()) {
                    state = worse(DecodeState.TRUNCATED);
                }
                offset = record.end();
                continue;
            }
            boolean missing = bytes.length < TlsRecord.HEADER_BYTES;
            if (missing && mayBecomeHeader(bytes)) {
                state = worse(DecodeState.TRUNCATED);
            } else {
                state = DecodeState.MALFORMED;
                malformedAt = malformedAt < 0 ? offset : malformedAt;
            }
            long found = search(offset);
            if (found < 0) {
                return;
            }
            resynchronizedAt = resynchronizedAt < 0 ? found : resynchronizedAt;
            offset = found;
        }
    }

    private DecodeState worse(DecodeState other) {
        return state == DecodeState.MALFORMED ? state : other;
    }

    private TlsRecord record(long offset, int type, int version, int length, int headerBytes) {
        long end = offset + headerBytes + length;
        Piece first = stream.pieceAt(offset);
        Piece last = null;
        for (Piece piece : stream.piecesFrom(offset)) {
            if (piece.offset() >= end) {
                break;
            }
            last = piece;
        }
        return new TlsRecord(
                offset,
                type,
                version,
                length,
                stream.seen(offset, headerBytes + (long) length),
                first == null ? null : first.packet(),
                last == null ? null : last.packet());
    }

    /** Finds the next header at or behind an offset among the captured bytes; -1 for none. */
    private long search(long from) {
        int version = records.isEmpty() ? -1 : records.get(records.size() - 1).version();
        int budget = SEARCH_BYTES;
        for (Piece piece : stream.piecesFrom(from)) {
            long start = Math.max(from, piece.offset());
            int available = (int) (piece.offset() + piece.captured().remaining() - start);
            if (available <= 0) {
                continue;
            }
            byte[] run = stream.bytes(start, available + TlsRecord.HEADER_BYTES - 1);
            for (int i = 0; i + TlsRecord.HEADER_BYTES <= run.length && i < available; i++) {
                if (isPlausible(run, i)
                        && (version < 0 || version == versionOf(run, i))
                        && isFollowedUp(start + i, lengthOf(run, i))) {
                    return start + i;
                }
            }
            budget -= available;
            if (budget <= 0) {
                break;
            }
        }
        return -1;
    }

    /** Whether what comes behind a record found by searching does not speak against it. */
    private boolean isFollowedUp(long offset, int length) {
        long next = offset + TlsRecord.HEADER_BYTES + length;
        byte[] header = stream.bytes(next, TlsRecord.HEADER_BYTES);
        return header.length < TlsRecord.HEADER_BYTES
                ? mayBecomeHeader(header)
                : isPlausible(header);
    }

    static boolean isPlausible(byte[] header) {
        return header.length >= TlsRecord.HEADER_BYTES && isPlausible(header, 0);
    }

    private static boolean isPlausible(byte[] bytes, int at) {
        int type = bytes[at] & 0xFF;
        int length = lengthOf(bytes, at);
        return isContentType(type)
                && bytes[at + 1] == MAJOR_VERSION
                && (bytes[at + 2] & 0xFF) <= MAX_MINOR_VERSION
                && length <= TlsRecord.MAX_LENGTH
                && (length > 0 || type == TlsRecord.APPLICATION_DATA);
    }

    /** Whether the first bytes of a header, as far as there are any, could be one's. */
    private static boolean mayBecomeHeader(byte[] start) {
        return (start.length < 1 || isContentType(start[0] & 0xFF))
                && (start.length < 2 || start[1] == MAJOR_VERSION)
                && (start.length < 3 || (start[2] & 0xFF) <= MAX_MINOR_VERSION);
    }

    private static boolean isContentType(int type) {
        return type >= TlsRecord.CHANGE_CIPHER_SPEC && type <= TlsRecord.HEARTBEAT;
    }

    private static int lengthOf(byte[] bytes, int at) {
        return (bytes[at + 3] & 0xFF) << 8 | (bytes[at + 4] & 0xFF);
    }

    private static int versionOf(byte[] bytes, int at) {
        return (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF);
    }

    /** RFC 5246 appendix E.2: two bytes of length with the high bit, client_hello, version. */
    private static boolean isSslV2Hello(byte[] start) {
        if (start.length < 5 || (start[0] & SSL2_LONG_HEADER) == 0) {
            return false;
        }
        int length = (start[0] & 0x7F) << 8 | (start[1] & 0xFF);
        boolean knownVersion =
                (start[3] == 0 && start[4] == 2)
                        || (start[3] == MAJOR_VERSION && (start[4] & 0xFF) <= MAX_MINOR_VERSION);
        return start[2] == 1 && knownVersion && length >= SSL2_MIN_HELLO_BYTES;
    }
}
