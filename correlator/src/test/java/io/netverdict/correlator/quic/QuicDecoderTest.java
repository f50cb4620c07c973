package io.netverdict.correlator.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.quic.QuicPacket.LongType;
import io.netverdict.correlator.quic.QuicPacket.QuicInitial;
import io.netverdict.correlator.quic.QuicPacket.QuicLongHeader;
import io.netverdict.correlator.quic.QuicPacket.QuicShortHeader;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;

class QuicDecoderTest {
    private static final String CLIENT_ID = "8394c8f03e515708";
    private static final int V2_NUMBER = 0x6b3343cf;

    /** The server's Initial of RFC 9001 appendix A.3. */
    private static final String SERVER_INITIAL =
            "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a"
                    + "5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3"
                    + "dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84"
                    + "022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4"
                    + "2158407dd074ee";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static List<QuicPacket> decode(byte[] datagram) {
        return QuicDecoder.decodeAll(ByteBuffer.wrap(datagram));
    }

    private static byte[] crypto(int offset, byte[] data) {
        return new TestBytes().u8(6).u16(0x4000 | offset, 0x4000 | data.length).raw(data).build();
    }

    private static byte[] clientHello() {
        byte[] sni = new TestBytes().u16(15).u8(0).u16(12).text("quic.example").build();
        byte[] alpn = new TestBytes().u16(3).u8(2).text("h3").build();
        byte[] extensions =
                new TestBytes().u16(0, sni.length).raw(sni).u16(16, alpn.length).raw(alpn).build();
        byte[] body =
                new TestBytes()
                        .u16(0x0303)
                        .zeros(32)
                        .u8(0)
                        .u16(2, 0x1301)
                        .u8(1, 0)
                        .u16(extensions.length)
                        .raw(extensions)
                        .build();
        return new TestBytes().u8(1).u24(body.length).raw(body).build();
    }

    /** A client's Initial with padding up to 1200 bytes, protected as RFC 9001 section 5 says. */
    private static byte[] initial(int version, int number, byte[] frames)
            throws GeneralSecurityException {
        return initial(version, number, frames, CLIENT_ID);
    }

    private static byte[] initial(int version, int number, byte[] frames, String destinationId)
            throws GeneralSecurityException {
        QuicVersion known = QuicVersion.of(version).orElseThrow();
        InitialKeys keys = InitialKeys.of(known, hex(CLIENT_ID), true);
        int typeBits = known == QuicVersion.V2 ? 1 : 0;
        byte[] text = Arrays.copyOf(frames, 1162);
        byte[] header =
                new TestBytes()
                        .u8(0xC0 | typeBits << 4 | 3)
                        .u32(version)
                        .u8(destinationId.length() / 2)
                        .raw(hex(destinationId))
                        .u8(0, 0)
                        .u16(0x4000 | (4 + text.length + 16))
                        .u32(number)
                        .build();
        byte[] nonce = keys.iv().clone();
        nonce[11] ^= (byte) number;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, keys.key(), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header);
        byte[] sealed = cipher.doFinal(text);
        byte[] mask = keys.headerMask(Arrays.copyOf(sealed, 16));
        header[0] ^= (byte) (mask[0] & 0x0F);
        for (int i = 0; i < 4; i++) {
            header[header.length - 4 + i] ^= mask[1 + i];
        }
        return new TestBytes().raw(header).raw(sealed).build();
    }

    private static QuicInitial only(byte[] datagram) {
        return (QuicInitial) decode(datagram).get(0);
    }

    @Test
    void shouldDeriveTheKeysOfTheStandards() throws GeneralSecurityException {
        InitialKeys one = InitialKeys.of(QuicVersion.V1, hex(CLIENT_ID), true);
        assertEquals(
                "1f369613dd76d5467730efcbe3b1a22d",
                HexFormat.of().formatHex(one.key().getEncoded()));
        assertEquals("fa044b2f42a3fd3b46fb255c", HexFormat.of().formatHex(one.iv()));
        assertEquals(
                "437b9aec36",
                HexFormat.of().formatHex(one.headerMask(hex("d1b1c98dd7689fb8ec11d242b123dc9b"))));
        InitialKeys two = InitialKeys.of(QuicVersion.V2, hex(CLIENT_ID), true);
        assertEquals(
                "8b1a0bc121284290a29e0971b5cd045d",
                HexFormat.of().formatHex(two.key().getEncoded()));
    }

    @Test
    void shouldOpenTheServersInitialOfTheStandard() {
        QuicInitial blind = only(hex(SERVER_INITIAL));
        assertFalse(blind.decrypted());
        QuicInitial opened =
                (QuicInitial)
                        QuicDecoder.decodeFromServer(
                                        ByteBuffer.wrap(hex(SERVER_INITIAL)), CLIENT_ID)
                                .get(0);
        assertTrue(opened.decrypted());
        assertEquals(2, opened.crypto().get(0).data()[0]);
        assertNull(opened.clientHello());
        assertEquals("f067a5502a4262b5", opened.sourceId());
    }

    @Test
    void shouldReadTheClientHelloOfBothVersions() throws GeneralSecurityException {
        for (int version : new int[] {1, V2_NUMBER}) {
            QuicInitial packet = only(initial(version, 2, crypto(0, clientHello())));
            assertEquals(DecodeState.COMPLETE, packet.state());
            assertTrue(packet.decrypted());
            assertEquals(CLIENT_ID, packet.destinationId());
            assertEquals("quic.example", packet.clientHello().serverName());
            assertEquals(List.of("h3"), packet.clientHello().alpn());
            assertTrue(packet.clientHello().complete());
        }
    }

    @Test
    void shouldReadTheClientHelloOfAPacketThatTheSnapLengthCut() throws GeneralSecurityException {
        byte[] whole = initial(1, 0, crypto(0, clientHello()));
        int seen = 0;
        for (int length = 0; length < whole.length; length++) {
            for (QuicPacket packet : decode(Arrays.copyOf(whole, length))) {
                QuicInitial initial = (QuicInitial) packet;
                assertEquals(DecodeState.TRUNCATED, initial.state());
                boolean named =
                        initial.clientHello() != null && initial.clientHello().serverName() != null;
                seen += named ? 1 : 0;
            }
        }
        assertTrue(seen > 1000, "seen=" + seen);
    }

    @Test
    void shouldJoinPiecesOutOfOrderAndOverPackets() throws GeneralSecurityException {
        byte[] hello = clientHello();
        byte[] first = Arrays.copyOf(hello, 20);
        byte[] second = Arrays.copyOfRange(hello, 20, 60);
        byte[] third = Arrays.copyOfRange(hello, 60, hello.length);
        byte[] frames =
                new TestBytes()
                        .raw(crypto(60, third))
                        .u8(1, 0, 0)
                        .u8(2, 5, 0, 1, 0, 0, 0)
                        .raw(crypto(0, first))
                        .build();
        QuicInitial one = only(initial(1, 0, frames));
        QuicInitial two = only(initial(1, 1, crypto(20, second)));
        assertFalse(one.clientHello().complete());
        assertNull(two.clientHello());
        ClientHello joined = CryptoStream.clientHelloOf(List.of(one, two)).orElseThrow();
        assertTrue(joined.complete());
        assertEquals("quic.example", joined.serverName());
    }

    @Test
    void shouldOpenLaterInitialsWithTheKeysOfTheFirst() throws GeneralSecurityException {
        byte[] later = initial(1, 3, crypto(0, clientHello()), "00112233");
        assertFalse(only(later).decrypted());
        QuicInitial opened =
                (QuicInitial)
                        QuicDecoder.decodeFromClient(ByteBuffer.wrap(later), CLIENT_ID).get(0);
        assertEquals("00112233", opened.destinationId());
        assertEquals("quic.example", opened.clientHello().serverName());
    }

    @Test
    void shouldReadTheErrorOfAClose() throws GeneralSecurityException {
        byte[] close = new TestBytes().u8(0x1C).u16(0x4128).u8(6, 0).build();
        assertEquals(0x128, only(initial(1, 0, close)).closeErrorCode());
    }

    @Test
    void shouldReadHeadersWithoutKeys() {
        byte[] negotiation =
                new TestBytes().u8(0x80).u32(0).u8(1, 7, 1, 9).u32(1).u32(0x6b3343cfL).build();
        QuicLongHeader versions = (QuicLongHeader) decode(negotiation).get(0);
        assertEquals(LongType.VERSION_NEGOTIATION, versions.type());
        assertEquals(List.of(1, V2_NUMBER), versions.supportedVersions());
        assertEquals("07", versions.destinationId());

        byte[] coalesced =
                new TestBytes()
                        .u8(0xE0)
                        .u32(1)
                        .u8(0, 1, 9)
                        .u8(30)
                        .zeros(30)
                        .u8(0x40)
                        .zeros(30)
                        .build();
        List<QuicPacket> packets = decode(coalesced);
        assertEquals(LongType.HANDSHAKE, ((QuicLongHeader) packets.get(0)).type());
        assertTrue(packets.get(1) instanceof QuicShortHeader);
        assertEquals(2, packets.size());

        byte[] retry = new TestBytes().u8(0xF0).u32(1).u8(0, 0).zeros(40).build();
        assertEquals(LongType.RETRY, ((QuicLongHeader) decode(retry).get(0)).type());
    }

    @Test
    void shouldSayNothingAboutWhatIsNoQuic() {
        assertTrue(decode(new byte[0]).isEmpty());
        assertTrue(decode(new byte[100]).isEmpty());
        assertTrue(decode(TestBytes.ascii("\u0080nothing of the kind at all")).isEmpty());
        byte[] longId = new TestBytes().u8(0xC0).u32(1).u8(21).zeros(40).build();
        assertTrue(decode(longId).isEmpty());
    }

    @Test
    void shouldGiveAResultForAnyMutation() throws GeneralSecurityException {
        Random random = new Random(TestBytes.seed("QuicDecoderTest"));
        byte[] frames =
                new TestBytes().raw(crypto(0, clientHello())).u8(2, 5, 0, 1, 0, 0, 0).build();
        int open = 0;
        for (int i = 0; i < 5_000; i++) {
            // Frames are mutated below the protection too, where the tag would stop them.
            byte[] datagram =
                    i % 2 == 0
                            ? TestBytes.mutate(initial(1, 0, frames), random)
                            : initial(1, 0, TestBytes.mutate(frames, random));
            for (QuicPacket packet : decode(datagram)) {
                open += packet instanceof QuicInitial initial && initial.decrypted() ? 1 : 0;
            }
        }
        assertTrue(open >= 2_500, "open=" + open);
    }
}
