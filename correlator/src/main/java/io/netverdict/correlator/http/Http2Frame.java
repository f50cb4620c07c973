package io.netverdict.correlator.http;

import io.netverdict.capture.packet.DecodedPacket;

/**
 * An HTTP/2 frame (RFC 9113 section 4.1) of an unencrypted connection.
 *
 * @param offset of its header in the stream
 * @param length bytes behind the nine of its header
 * @param type one of the constants here, or another number
 * @param flags as sent
 * @param streamId 0 for the connection
 * @param errorCode of RST_STREAM and GOAWAY, else -1; see {@link Http2Error}
 * @param lastStreamId of GOAWAY, else -1
 * @param packet that brought its first byte
 */
public record Http2Frame(
        long offset,
        int length,
        int type,
        int flags,
        int streamId,
        long errorCode,
        int lastStreamId,
        DecodedPacket packet) {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    /** The flag that ends a stream, of DATA and HEADERS. */
    public static final int END_STREAM = 0x1;

    public static final int HEADER_BYTES = 9;

    /** Whether the sender says with it that it sends no more on the stream. */
    public boolean endsStream() {
        return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }
}
