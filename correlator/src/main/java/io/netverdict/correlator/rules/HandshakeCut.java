package io.netverdict.correlator.rules;

import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tls.TlsDirection;
import io.netverdict.correlator.tls.TlsRecord;

/**
 * Whether handshake messages of the server were sent and not recorded, by a short snap length: then
 * nobody can tell from their absence how far the handshake went. Where the server has sent nothing,
 * it went nowhere, however little is known of the ClientHello.
 */
final class HandshakeCut {
    /** What findings may have that rest on how far the handshake went. */
    static final double AT_MOST = 0.6;

    static final String DETAIL =
            "The server's handshake messages were cut off by the recording's snap length: the handshake may have"
                    + " gone further.";

    private HandshakeCut() {}

    static boolean isIn(ConnectionCase c) {
        return c.tls()
                .map(TlsSession::server)
                .map(server -> isIn(server, c.tcp().toClient().stream()))
                .orElse(false);
    }

    private static boolean isIn(TlsDirection direction, DirectionStream stream) {
        long end = direction.changeCipherSpecOffset();
        return direction.records().stream()
                .filter(record -> record.contentType() == TlsRecord.HANDSHAKE)
                .filter(record -> record.complete() && (end < 0 || record.offset() < end))
                .anyMatch(record -> isCut(record, stream));
    }

    private static boolean isCut(TlsRecord record, DirectionStream stream) {
        int bytes = Math.toIntExact(record.end() - record.offset());
        return stream.bytes(record.offset(), bytes).length < bytes;
    }
}
