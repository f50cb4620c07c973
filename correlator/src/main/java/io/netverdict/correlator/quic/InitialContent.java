package io.netverdict.correlator.quic;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.netverdict.correlator.decode.StructReader;
import io.netverdict.correlator.wire.Quic;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frames of an Initial packet.
 *
 * @param decrypted whether the keys fit; of a packet that was cut, whether what it opens to makes
 *     sense
 * @param crypto what it carries of the handshake
 * @param closeErrorCode of a CONNECTION_CLOSE frame, -1 without
 */
record InitialContent(boolean decrypted, List<CryptoFragment> crypto, long closeErrorCode) {
    static final InitialContent NONE = new InitialContent(false, List.of(), -1);

    private static final int MAX_NUMBER_BYTES = 4;
    private static final int FIRST_BYTE_MASK = 0x0F;
    private static final int NUMBER_LENGTH_BITS = 0x03;

    private static final int PADDING = 0x00;
    private static final int PING = 0x01;
    private static final int ACK = 0x02;
    private static final int ACK_ECN = 0x03;
    private static final int CRYPTO = 0x06;
    private static final int CONNECTION_CLOSE = 0x1C;
    private static final int MAX_ACK_RANGES = 1024;

    /**
     * Removes the protection and reads the frames.
     *
     * @param offset of the packet in the datagram
     * @param numberOffset of its packet number
     * @param announced bytes from the packet number on
     */
    static InitialContent open(
            QuicVersion version,
            byte[] keyId,
            boolean fromClient,
            byte[] datagram,
            int offset,
            int numberOffset,
            long announced) {
        int sampleOffset = numberOffset + MAX_NUMBER_BYTES;
        int end = (int) Math.min(datagram.length, numberOffset + announced);
        if (end < sampleOffset + InitialKeys.SAMPLE_BYTES) {
            return NONE;
        }
        try {
            InitialKeys keys = InitialKeys.of(version, keyId, fromClient);
            byte[] sample =
                    Arrays.copyOfRange(
                            datagram, sampleOffset, sampleOffset + InitialKeys.SAMPLE_BYTES);
            byte[] mask = keys.headerMask(sample);
            byte[] header = Arrays.copyOfRange(datagram, offset, sampleOffset);
            header[0] ^= (byte) (mask[0] & FIRST_BYTE_MASK);
            int numberLength = (header[0] & NUMBER_LENGTH_BITS) + 1;
            long number = 0;
            for (int i = 0; i < numberLength; i++) {
                int at = numberOffset - offset + i;
                header[at] ^= mask[1 + i];
                number = number << 8 | (header[at] & 0xFF);
            }
            header = Arrays.copyOf(header, numberOffset - offset + numberLength);
            byte[] sealed = Arrays.copyOfRange(datagram, numberOffset + numberLength, end);
            boolean cut = end < numberOffset + announced;
            byte[] text =
                    cut ? keys.openUnchecked(number, sealed) : keys.open(number, header, sealed);
            return frames(text, !cut);
        } catch (GeneralSecurityException notMadeWithTheseKeys) {
            return NONE;
        }
    }

    private static InitialContent frames(byte[] text, boolean authentic) {
        ByteBufferKaitaiStream io = StructReader.over(text);
        List<CryptoFragment> crypto = new ArrayList<>();
        long[] closeErrorCode = {-1};
        boolean understood =
                StructReader.completes(
                        () -> {
                            while (!io.isEof()) {
                                closeErrorCode[0] =
                                        Math.max(closeErrorCode[0], frame(io, text, crypto));
                            }
                        });
        boolean sense = authentic || understood || !crypto.isEmpty();
        return sense ? new InitialContent(true, crypto, closeErrorCode[0]) : NONE;
    }

    /** Reads one frame (RFC 9000 section 19); the error code if it closes, else -1. */
    private static long frame(ByteBufferKaitaiStream io, byte[] text, List<CryptoFragment> crypto) {
        int type = io.readU1();
        switch (type) {
            case PADDING, PING -> {
                // Only a type.
            }
            case ACK, ACK_ECN -> ack(io, type);
            case CRYPTO -> {
                Quic.CryptoFrame frame = new Quic.CryptoFrame(io);
                frame._read();
                int start = io.pos();
                long end = Math.min(text.length, (long) start + frame.length().value());
                byte[] data = Arrays.copyOfRange(text, start, (int) end);
                crypto.add(new CryptoFragment(frame.offset().value(), data));
                io.seek(end);
            }
            case CONNECTION_CLOSE -> {
                Quic.ConnectionClose close = new Quic.ConnectionClose(io);
                close._read();
                return close.errorCode().value();
            }
            default -> throw new IllegalStateException("frame type=" + type);
        }
        return -1;
    }

    private static void ack(ByteBufferKaitaiStream io, int type) {
        Quic.AckFrame ack = new Quic.AckFrame(io);
        ack._read();
        long ranges = Math.min(ack.rangeCount().value(), MAX_ACK_RANGES);
        long further = 2 * ranges + (type == ACK_ECN ? 3 : 0);
        for (long i = 0; i < further; i++) {
            new Quic.Varint(io)._read();
        }
    }
}
