package io.netverdict.correlator.tls;

import io.netverdict.capture.packet.DecodedPacket;

/**
 * A record of the TLS record layer (RFC 8446 section 5.1).
 *
 * @param offset of its header in the stream
 * @param contentType one of the constants here
 * @param version as the header says: 0x0301 to 0x0303 whatever was negotiated in TLS 1.3
 * @param length bytes behind the header
 * @param complete whether every byte of it was seen on the wire, captured or not
 * @param first packet that brought its first byte; null where that byte was not seen
 * @param last packet that brought the last byte seen of it; null where none was seen
 */
public record TlsRecord(
        long offset,
        int contentType,
        int version,
        int length,
        boolean complete,
        DecodedPacket first,
        DecodedPacket last) {
    public static final int CHANGE_CIPHER_SPEC = 20;
    public static final int ALERT = 21;
    public static final int HANDSHAKE = 22;
    public static final int APPLICATION_DATA = 23;
    public static final int HEARTBEAT = 24;

    public static final int HEADER_BYTES = 5;

    /** 2^14 bytes and what encryption may add (RFC 5246 section 6.2.3). */
    public static final int MAX_LENGTH = (1 << 14) + 2048;

    /** One past its last byte in the stream. */
    public long end() {
        return offset + HEADER_BYTES + length;
    }
}
