package io.netverdict.capture.index;

import java.nio.ByteBuffer;

/**
 * How far the TLS records of a handshake reach into a stream: handshake messages, change cipher
 * spec and alerts, encrypted alerts of TLS 1.3 included (RFC 8446 section 5).
 *
 * <p>Hot path: no allocation, bounded work.
 */
final class TlsHandshakeReach {
    private static final int RECORD_HEADER_BYTES = 5;
    private static final int MAJOR_VERSION = 3;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int APPLICATION_DATA = 23;

    /** An alert, its inner content type and the tag of all usual ciphers, RFC 8446 section 5.2. */
    private static final int ENCRYPTED_ALERT_BYTES = 2 + 1 + 16;

    private static final int MAX_RECORD_BYTES = (1 << 14) + 2048;
    private static final int MAX_RECORDS = 16;

    private TlsHandshakeReach() {}

    /** Whether a payload may begin with such a record. */
    static boolean mayBegin(int firstTwoBytes) {
        int type = firstTwoBytes >>> Byte.SIZE & 0xFF;
        return (firstTwoBytes & 0xFF) == MAJOR_VERSION
                && type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA;
    }

    /**
     * Bytes from {@code at} on that belong to such records, beyond the end of the payload where the
     * last one goes on in the next; 0 where the first record is not one.
     *
     * @param at where a record begins
     * @param capturedEnd where the captured bytes end
     * @param wireEnd where the payload ended on the wire
     */
    static int from(ByteBuffer buffer, int at, int capturedEnd, int wireEnd) {
        int next = at;
        for (int records = 0; records < MAX_RECORDS; records++) {
            if (next >= wireEnd || next > capturedEnd - RECORD_HEADER_BYTES) {
                break;
            }
            int type = buffer.get(next);
            int length = buffer.getShort(next + 3) & 0xFFFF;
            if (!mayBegin(buffer.getShort(next))
                    || type == APPLICATION_DATA && length != ENCRYPTED_ALERT_BYTES
                    || length > MAX_RECORD_BYTES) {
                break;
            }
            next += RECORD_HEADER_BYTES + length;
        }
        return next - at;
    }
}
