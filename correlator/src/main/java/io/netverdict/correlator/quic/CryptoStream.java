package io.netverdict.correlator.quic;

import io.netverdict.correlator.quic.QuicPacket.QuicInitial;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tls.HandshakeBodies;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshakeType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Puts the ClientHello together that one or several Initial packets carry in pieces. */
public final class CryptoStream {
    private static final int HEADER_BYTES = 4;
    private static final int MAX_HANDSHAKE_BYTES = 1 << 16;

    private CryptoStream() {}

    /** The ClientHello of some Initials of one client; its record is null, as QUIC has none. */
    public static Optional<ClientHello> clientHelloOf(List<QuicInitial> initials) {
        return Optional.ofNullable(
                clientHello(
                        initials.stream().flatMap(packet -> packet.crypto().stream()).toList()));
    }

    /** Null where the fragments do not begin with a ClientHello. */
    static ClientHello clientHello(List<CryptoFragment> fragments) {
        DirectionStream.Builder builder = new DirectionStream.Builder();
        for (CryptoFragment fragment : fragments) {
            byte[] data = fragment.data();
            if (fragment.offset() < MAX_HANDSHAKE_BYTES) {
                builder.add(fragment.offset(), data.length, ByteBuffer.wrap(data), null);
            }
        }
        DirectionStream stream = builder.build();
        byte[] header = stream.bytes(0, HEADER_BYTES);
        if (header.length < HEADER_BYTES || header[0] != TlsHandshakeType.CLIENT_HELLO.code()) {
            return null;
        }
        int length = (header[1] & 0xFF) << 16 | (header[2] & 0xFF) << 8 | (header[3] & 0xFF);
        return HandshakeBodies.clientHello(null, length, stream.bytes(HEADER_BYTES, length));
    }
}
