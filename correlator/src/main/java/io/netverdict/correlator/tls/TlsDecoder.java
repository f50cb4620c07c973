package io.netverdict.correlator.tls;

import io.netverdict.correlator.stream.DirectionStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one direction of a connection as TLS: records over segments, handshake messages over
 * records, alerts.
 *
 * <p>Never throws on network bytes. Bytes that were seen but not captured are passed over where a
 * record's length says how far; behind them records are searched for. Stateless.
 */
public final class TlsDecoder {
    private static final int ALERT_BYTES = 2;

    private TlsDecoder() {}

    /** Reads a stream from its beginning. */
    public static TlsDirection decode(DirectionStream stream, boolean fromClient) {
        return decode(stream, 0, fromClient);
    }

    /**
     * Reads a stream from an offset on, for example behind the answer to a CONNECT.
     *
     * @param fromClient whether the client sent it
     */
    public static TlsDirection decode(
            DirectionStream stream, long startOffset, boolean fromClient) {
        if (startOffset < 0) {
            throw new IllegalArgumentException("startOffset=" + startOffset);
        }
        RecordScanner scanner = new RecordScanner(stream, fromClient);
        scanner.scan(startOffset);
        Messages messages = new Messages(stream);
        for (TlsRecord record : scanner.records()) {
            if (record == scanner.sslV2Hello()) {
                messages.sslV2Hello(record);
            } else {
                messages.add(record);
            }
        }
        messages.flush();
        boolean beginsWithRecord =
                !scanner.records().isEmpty() && scanner.records().get(0).offset() == startOffset;
        boolean foundLater = scanner.records().size() >= 2;
        return new TlsDirection(
                beginsWithRecord || foundLater,
                scanner.records(),
                messages.handshakes,
                messages.alerts,
                messages.changeCipherSpecOffset,
                scanner.resynchronizedAt(),
                scanner.malformedAt(),
                scanner.state());
    }

    /** What the records carry. */
    private static final class Messages {
        private final DirectionStream stream;
        private final List<TlsHandshake> handshakes = new ArrayList<>();
        private final List<TlsAlert> alerts = new ArrayList<>();
        private HandshakeAssembler assembler = new HandshakeAssembler();
        private long changeCipherSpecOffset = -1;

        Messages(DirectionStream stream) {
            this.stream = stream;
        }

        void sslV2Hello(TlsRecord record) {
            handshakes.add(
                    HandshakeBodies.sslV2ClientHello(
                            record, stream.bytes(record.offset() + 2, record.length())));
        }

        void add(TlsRecord record) {
            switch (record.contentType()) {
                case TlsRecord.CHANGE_CIPHER_SPEC -> {
                    flush();
                    if (changeCipherSpecOffset < 0) {
                        changeCipherSpecOffset = record.offset();
                    }
                }
                case TlsRecord.ALERT -> alert(record);
                case TlsRecord.HANDSHAKE -> {
                    byte[] content = content(record);
                    if (changeCipherSpecOffset < 0 || isHelloInTheClear(record, content)) {
                        assembler.add(record, content);
                    }
                }
                default -> {
                    // Application data and heartbeats: sizes and times are all there is.
                }
            }
        }

        /** Ends the stream of handshake messages so far. */
        void flush() {
            handshakes.addAll(assembler.messages());
            assembler = new HandshakeAssembler();
        }

        private byte[] content(TlsRecord record) {
            return stream.bytes(record.offset() + TlsRecord.HEADER_BYTES, record.length());
        }

        /**
         * In TLS 1.3 a ChangeCipherSpec means nothing, and after a HelloRetryRequest the hellos
         * come behind it. Ciphertext will not have a hello's type with just this record's length.
         */
        private static boolean isHelloInTheClear(TlsRecord record, byte[] content) {
            if (content.length < HandshakeAssembler.HEADER_BYTES) {
                return false;
            }
            int type = content[0];
            int length = (content[1] & 0xFF) << 16 | (content[2] & 0xFF) << 8 | (content[3] & 0xFF);
            boolean hello =
                    type == TlsHandshakeType.CLIENT_HELLO.code()
                            || type == TlsHandshakeType.SERVER_HELLO.code();
            return hello && length + HandshakeAssembler.HEADER_BYTES == record.length();
        }

        private void alert(TlsRecord record) {
            if (record.length() != ALERT_BYTES) {
                alerts.add(new TlsAlert(-1, -1, true, record));
                return;
            }
            byte[] content = content(record);
            int level = content.length > 0 ? content[0] & 0xFF : -1;
            int description = content.length > 1 ? content[1] & 0xFF : -1;
            alerts.add(new TlsAlert(level, description, false, record));
        }
    }
}
