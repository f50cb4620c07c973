package io.netverdict.correlator.tls;

import io.netverdict.correlator.decode.StructReader;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.wire.Tls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Puts handshake messages together that begin and end anywhere in handshake records (RFC 8446
 * section 5.1): the records' contents are a stream of their own.
 */
final class HandshakeAssembler {
    static final int HEADER_BYTES = 4;

    private final DirectionStream.Builder contents = new DirectionStream.Builder();
    private final NavigableMap<Long, TlsRecord> recordAt = new TreeMap<>();
    private long end;

    /**
     * Adds the content of the next handshake record in the clear.
     *
     * @param content what was captured of it, from its beginning
     */
    void add(TlsRecord record, byte[] content) {
        recordAt.put(end, record);
        contents.add(end, record.length(), ByteBuffer.wrap(content), record.first());
        end += record.length();
    }

    /** The messages, the last one possibly not whole. */
    List<TlsHandshake> messages() {
        List<TlsHandshake> messages = new ArrayList<>();
        DirectionStream stream = contents.build();
        long offset = 0;
        while (offset < end) {
            byte[] bytes = stream.bytes(offset, HEADER_BYTES);
            if (bytes.length < HEADER_BYTES) {
                // What was cut hides where the next message begins; most begin with a record.
                Long next = recordAt.higherKey(offset);
                if (next == null) {
                    break;
                }
                offset = next;
                continue;
            }
            Tls.HandshakeHeader header = new Tls.HandshakeHeader(StructReader.over(bytes));
            header._read();
            if (TlsHandshakeType.of(header.type()) == TlsHandshakeType.UNKNOWN) {
                // Encrypted, or nonsense; no length to go by.
                break;
            }
            Map.Entry<Long, TlsRecord> record = recordAt.floorEntry(offset);
            int length = (int) header.length();
            byte[] body = stream.bytes(offset + HEADER_BYTES, length);
            messages.add(HandshakeBodies.read(record.getValue(), header.type(), length, body));
            offset += HEADER_BYTES + (long) length;
        }
        return messages;
    }
}
