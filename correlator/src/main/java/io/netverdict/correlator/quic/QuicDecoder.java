package io.netverdict.correlator.quic;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.decode.StructReader;
import io.netverdict.correlator.quic.QuicPacket.LongType;
import io.netverdict.correlator.quic.QuicPacket.QuicInitial;
import io.netverdict.correlator.quic.QuicPacket.QuicLongHeader;
import io.netverdict.correlator.quic.QuicPacket.QuicShortHeader;
import io.netverdict.correlator.wire.Quic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads QUIC datagrams (RFC 9000, version 2 of RFC 9369) and opens the Initial packets of clients.
 *
 * <p>Never throws on network bytes. Stateless.
 */
public final class QuicDecoder {
    private static final int LONG_HEADER = 0x80;
    private static final int FIXED_BIT = 0x40;
    private static final int TYPE_BITS = 0x30;
    private static final int INITIAL = 0;
    private static final int ZERO_RTT = 1;
    private static final int HANDSHAKE = 2;
    private static final int MAX_ID_BYTES = 20;

    /** Header, packet number and sample of the shortest packet (RFC 9001 section 5.4.2). */
    private static final int MIN_SHORT_BYTES = 21;

    private static final int MAX_COALESCED = 16;

    private QuicDecoder() {}

    /** Reads the first packet of a datagram; empty where this is no QUIC. */
    public static Optional<QuicPacket> decode(ByteBuffer udpPayload) {
        return decodeAll(udpPayload).stream().findFirst();
    }

    /** Reads all packets of a datagram (RFC 9000 section 12.2). */
    public static List<QuicPacket> decodeAll(ByteBuffer udpPayload) {
        return decodeAll(udpPayload, List.of());
    }

    /**
     * Reads all packets of a datagram from a client, whose later Initials are addressed to the id
     * that the server chose but keep the keys of the first.
     *
     * @param firstDestinationId the connection id, in hexadecimal, to which the client addressed
     *     its first Initial
     */
    public static List<QuicPacket> decodeFromClient(
            ByteBuffer udpPayload, String firstDestinationId) {
        return decodeAll(udpPayload, List.of(new KeyId(firstDestinationId, true)));
    }

    /**
     * Reads all packets of a datagram that a server sent.
     *
     * @param firstDestinationId the connection id, in hexadecimal, to which the client addressed
     *     its first Initial
     */
    public static List<QuicPacket> decodeFromServer(
            ByteBuffer udpPayload, String firstDestinationId) {
        return decodeAll(udpPayload, List.of(new KeyId(firstDestinationId, false)));
    }

    /** What keys may be derived from: a connection id, and whose packets they protect. */
    private record KeyId(byte[] connectionId, boolean ofClient) {
        KeyId(String hexadecimal, boolean ofClient) {
            this(HexFormat.of().parseHex(hexadecimal), ofClient);
        }
    }

    private static List<QuicPacket> decodeAll(ByteBuffer udpPayload, List<KeyId> knownKeys) {
        byte[] datagram = new byte[udpPayload.remaining()];
        udpPayload.duplicate().get(datagram);
        List<QuicPacket> packets = new ArrayList<>();
        int offset = 0;
        while (offset < datagram.length && packets.size() < MAX_COALESCED) {
            int first = datagram[offset] & 0xFF;
            if ((first & LONG_HEADER) == 0) {
                boolean plausible =
                        (first & FIXED_BIT) != 0 && datagram.length - offset >= MIN_SHORT_BYTES;
                if (plausible) {
                    packets.add(new QuicShortHeader());
                }
                break;
            }
            int next = longHeader(datagram, offset, knownKeys, packets);
            if (next <= offset) {
                break;
            }
            offset = next;
        }
        return packets;
    }

    /** Reads a packet with a long header; the offset behind it, or -1 where nothing follows. */
    private static int longHeader(
            byte[] datagram, int offset, List<KeyId> knownKeys, List<QuicPacket> packets) {
        ByteBufferKaitaiStream io = StructReader.over(datagram);
        io.seek(offset);
        Quic.LongHeader header = new Quic.LongHeader(io);
        if (!StructReader.completes(header::_read)) {
            return -1;
        }
        int version = (int) header.version();
        String destination = HexFormat.of().formatHex(header.destinationId());
        String source = HexFormat.of().formatHex(header.sourceId());
        if (version == 0) {
            Quic.VersionList list = new Quic.VersionList(io);
            StructReader.completes(list::_read);
            List<Integer> versions = list.versions().stream().map(Long::intValue).toList();
            packets.add(
                    new QuicLongHeader(
                            LongType.VERSION_NEGOTIATION, 0, destination, source, versions));
            return -1;
        }
        boolean idsAllowed =
                header.lenDestinationId() <= MAX_ID_BYTES && header.lenSourceId() <= MAX_ID_BYTES;
        Optional<QuicVersion> known = QuicVersion.of(version);
        boolean fixedBit = (header.first() & FIXED_BIT) != 0;
        if (known.isEmpty()) {
            if (isReservedOrDraft(version) && fixedBit) {
                packets.add(
                        new QuicLongHeader(
                                LongType.UNKNOWN, version, destination, source, List.of()));
            }
            return -1;
        }
        if (!idsAllowed || !fixedBit) {
            return -1;
        }
        int type = known.get().typeOf((header.first() & TYPE_BITS) >>> 4);
        if (type == INITIAL) {
            return initial(known.get(), header, offset, io, datagram, knownKeys, packets);
        }
        LongType longType =
                type == ZERO_RTT
                        ? LongType.ZERO_RTT
                        : type == HANDSHAKE ? LongType.HANDSHAKE : LongType.RETRY;
        packets.add(new QuicLongHeader(longType, version, destination, source, List.of()));
        Quic.ProtectedRest rest = new Quic.ProtectedRest(io);
        if (longType == LongType.RETRY || !StructReader.completes(rest::_read)) {
            return -1;
        }
        return behind(io.pos(), rest.length(), datagram.length);
    }

    private static int initial(
            QuicVersion version,
            Quic.LongHeader header,
            int offset,
            ByteBufferKaitaiStream io,
            byte[] datagram,
            List<KeyId> knownKeys,
            List<QuicPacket> packets) {
        Quic.InitialRest rest = new Quic.InitialRest(io);
        boolean whole = StructReader.completes(rest::_read);
        InitialContent content = InitialContent.NONE;
        int end = -1;
        if (whole) {
            end = behind(io.pos(), rest.length(), datagram.length);
            long announced = rest.length().value();
            List<KeyId> candidates = new ArrayList<>(knownKeys);
            candidates.add(new KeyId(header.destinationId(), true));
            for (KeyId candidate : candidates) {
                content =
                        content.decrypted()
                                ? content
                                : InitialContent.open(
                                        version,
                                        candidate.connectionId(),
                                        candidate.ofClient(),
                                        datagram,
                                        offset,
                                        io.pos(),
                                        announced);
            }
            whole = announced <= datagram.length - io.pos();
        }
        packets.add(
                new QuicInitial(
                        (int) header.version(),
                        HexFormat.of().formatHex(header.destinationId()),
                        HexFormat.of().formatHex(header.sourceId()),
                        rest.token() == null ? 0 : rest.token().length,
                        content.decrypted(),
                        content.crypto(),
                        CryptoStream.clientHello(content.crypto()),
                        content.closeErrorCode(),
                        whole ? DecodeState.COMPLETE : DecodeState.TRUNCATED));
        return end;
    }

    /** The offset behind a packet, or -1 where it ends the datagram. */
    private static int behind(int position, Quic.Varint length, int datagramLength) {
        long end = (long) position + length.value();
        return end < datagramLength ? (int) end : -1;
    }

    /** Versions reserved to exercise negotiation (RFC 9000 section 15), and IETF drafts. */
    private static boolean isReservedOrDraft(int version) {
        return (version & 0x0F0F0F0F) == 0x0A0A0A0A || (version & 0xFFFFFF00) == 0xFF000000;
    }
}
