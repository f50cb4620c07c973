package io.netverdict.correlator.quic;

import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import java.util.List;

/** A QUIC packet. Connection ids are in hexadecimal, possibly empty. */
public sealed interface QuicPacket {

    /** The id of the connection at the receiver; empty where it is not delimited. */
    String destinationId();

    /** Packets with a long header but without visible content. */
    enum LongType {
        ZERO_RTT,
        HANDSHAKE,
        RETRY,
        VERSION_NEGOTIATION,
        /** Of a version whose types are not known here. */
        UNKNOWN
    }

    /**
     * An Initial.
     *
     * @param version 1, 0x6b3343cf (version 2), or a draft
     * @param tokenLength bytes of token, which a client has from a Retry or an earlier connection
     * @param decrypted whether the keys fit that follow from {@code destinationId}, or from the id
     *     that the caller knows: what servers send, and clients after the first answer, needs that
     * @param crypto what it carries of the handshake, by offset; empty unless decrypted
     * @param clientHello read from {@code crypto} as far as it is in this packet; null without
     * @param closeErrorCode of a CONNECTION_CLOSE frame (RFC 9000 section 20.1; 0x100 and an
     *     alert's number for TLS), -1 without
     * @param state TRUNCATED where the datagram was cut (then {@code crypto} is not authenticated)
     */
    record QuicInitial(
            int version,
            String destinationId,
            String sourceId,
            int tokenLength,
            boolean decrypted,
            List<CryptoFragment> crypto,
            ClientHello clientHello,
            long closeErrorCode,
            DecodeState state)
            implements QuicPacket {
        public QuicInitial {
            crypto = List.copyOf(crypto);
        }
    }

    /**
     * Another packet with a long header.
     *
     * @param version as sent; 0 for a version negotiation
     * @param supportedVersions what the server of a version negotiation offers, else empty
     */
    record QuicLongHeader(
            LongType type,
            int version,
            String destinationId,
            String sourceId,
            List<Integer> supportedVersions)
            implements QuicPacket {
        public QuicLongHeader {
            supportedVersions = List.copyOf(supportedVersions);
        }
    }

    /** A packet with a short header: an established connection, or any datagram that looks so. */
    record QuicShortHeader() implements QuicPacket {
        @Override
        public String destinationId() {
            return "";
        }
    }
}
