package io.netverdict.correlator.survey;

import java.nio.ByteBuffer;

/**
 * Whether what is spoken on a connection is plainly complete, told from how segments begin and how
 * long they are: HTTP/1.1 whose every request has a successful response of the announced length;
 * TLS in which the server had the last word; or another protocol. For one thread.
 */
final class GlanceContent {
    private static final int TLS_HANDSHAKE = 22;
    private static final int TLS_ALERT = 21;
    private static final int TLS_APPLICATION_DATA = 23;
    private static final int TLS_MAJOR_VERSION = 3;
    private static final int CLEAR_ALERT_BYTES = 7;

    /** Larger records of the server's are no ticket, alert or setting. */
    private static final int LEAST_RESPONSE_BYTES = 600;

    private static final byte[] LAST_CHUNK = ResponseHead.ascii("0\r\n\r\n");
    private static final int GET = ByteBuffer.wrap(ResponseHead.ascii("GET ")).getInt();
    private static final int POST = ByteBuffer.wrap(ResponseHead.ascii("POST")).getInt();
    private static final int PUT = ByteBuffer.wrap(ResponseHead.ascii("PUT ")).getInt();

    private enum Kind {
        NOTHING,
        HTTP,
        TLS,
        OTHER
    }

    private enum Http {
        IDLE,
        ASKED,
        BODY,
        CHUNKS
    }

    private final ResponseHead head;
    private Kind kind;
    private Http http;
    private long remaining;
    private boolean answered;

    GlanceContent(ResponseHead head) {
        this.head = head;
    }

    void begin() {
        kind = Kind.NOTHING;
        http = Http.IDLE;
        remaining = 0;
        answered = false;
    }

    /** Takes a segment's payload; false where it asks for a closer look. */
    boolean sends(boolean client, ByteBuffer data, int start, int captured, int length) {
        if (kind == Kind.NOTHING) {
            kind = client ? kindOf(data, start, captured) : Kind.OTHER;
        }
        return switch (kind) {
            case HTTP ->
                    client ? asks(data, start, captured) : responds(data, start, captured, length);
            case TLS -> record(client, data, start, captured, length);
            case OTHER -> !client || !looksLikeContent(data, start, captured);
            case NOTHING -> false;
        };
    }

    /** Whether nothing is owed. */
    boolean whole() {
        return switch (kind) {
            case HTTP -> http == Http.IDLE;
            case TLS -> answered;
            case OTHER, NOTHING -> true;
        };
    }

    /** Whether a request in the clear, of a usual method, begins here. */
    static boolean isRequest(ByteBuffer data, int start, int captured) {
        if (captured < Integer.BYTES) {
            return false;
        }
        int word = data.getInt(start);
        return word == GET
                || captured > Integer.BYTES
                        && (word == POST && data.get(start + Integer.BYTES) == ' ')
                || word == PUT;
    }

    /** Whether HTTP is spoken and every request so far was answered in full. */
    boolean awaitsRequest() {
        return kind == Kind.HTTP && http == Http.IDLE;
    }

    private static Kind kindOf(ByteBuffer data, int start, int captured) {
        if (captured < 3) {
            return Kind.OTHER;
        }
        if (data.get(start) == TLS_HANDSHAKE && data.get(start + 1) == TLS_MAJOR_VERSION) {
            return Kind.TLS;
        }
        return isUpper(data.get(start)) && isUpper(data.get(start + 1)) ? Kind.HTTP : Kind.OTHER;
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    /** HTTP or TLS behind something else, or SSL 2.0: for a closer look. */
    private static boolean looksLikeContent(ByteBuffer data, int start, int captured) {
        return captured >= 3
                && (kindOf(data, start, captured) == Kind.TLS
                        || (data.get(start) & 0x80) != 0 && data.get(start + 2) == 1);
    }

    private boolean asks(ByteBuffer data, int start, int captured) {
        if (http == Http.BODY || http == Http.CHUNKS) {
            return false;
        }
        if (http == Http.IDLE) {
            http = Http.ASKED;
            return isRequest(data, start, captured);
        }
        return true;
    }

    private boolean responds(ByteBuffer data, int start, int captured, int length) {
        return switch (http) {
            case IDLE -> false;
            case ASKED -> begins(data, start, captured, length);
            case BODY -> takes(length);
            case CHUNKS -> {
                http = endsInLastChunk(data, start, captured, length) ? Http.IDLE : http;
                yield true;
            }
        };
    }

    private boolean begins(ByteBuffer data, int start, int captured, int length) {
        long announced = head.read(data, start, captured);
        if (announced == ResponseHead.NOT_ANNOUNCED) {
            return false;
        }
        if (announced == ResponseHead.CHUNKED) {
            http = endsInLastChunk(data, start, captured, length) ? Http.IDLE : Http.CHUNKS;
            return true;
        }
        http = Http.BODY;
        remaining = announced;
        return takes(length - head.bodyOffset());
    }

    private boolean takes(int length) {
        remaining -= length;
        if (remaining == 0) {
            http = Http.IDLE;
        }
        return remaining >= 0;
    }

    private static boolean endsInLastChunk(ByteBuffer data, int start, int captured, int length) {
        if (captured != length || length < LAST_CHUNK.length) {
            return false;
        }
        for (int i = 0; i < LAST_CHUNK.length; i++) {
            if (data.get(start + length - LAST_CHUNK.length + i) != LAST_CHUNK[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean record(boolean client, ByteBuffer data, int start, int captured, int length) {
        if (captured < 2) {
            return captured == length;
        }
        boolean begins = data.get(start + 1) == TLS_MAJOR_VERSION;
        int type = data.get(start);
        if (begins && type == TLS_ALERT && length <= CLEAR_ALERT_BYTES) {
            return false;
        }
        if (client) {
            // An alert or a small record goes with the close; anything else awaits an answer.
            answered &= length < LEAST_RESPONSE_BYTES / 10;
        } else if (begins && type == TLS_APPLICATION_DATA && length >= LEAST_RESPONSE_BYTES) {
            answered = true;
        }
        return true;
    }
}
