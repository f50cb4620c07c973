package io.netverdict.correlator.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshake.ServerHello;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TlsDecoderTest {
    private static final byte[] RETRY =
            HexFormat.of()
                    .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
    private static final byte[] CCS = TlsMessages.record(20, new byte[] {1});

    private static TlsDirection decode(byte[] bytes, boolean fromClient) {
        return TlsDecoder.decode(TestBytes.stream(bytes), fromClient);
    }

    private static byte[] hello() {
        return TlsMessages.record(22, TlsMessages.clientHello("Shop.example", 20));
    }

    @Test
    void shouldReadWhatAClientHelloOffers() {
        TlsDirection direction = decode(hello(), true);

        assertTrue(direction.tls());
        assertEquals(DecodeState.COMPLETE, direction.state());
        ClientHello hello = direction.clientHello().orElseThrow();
        assertTrue(hello.complete());
        assertEquals("shop.example", hello.serverName());
        assertEquals(List.of("h2", "http/1.1"), hello.alpn());
        assertEquals(List.of(0x0A0A, 0x0304, 0x0303), hello.supportedVersions());
        assertEquals(0x0304, hello.highestVersion());
        assertEquals(List.of(0x1301, 0x1302, 0xC02F), hello.cipherSuites());
        assertEquals(List.of(0x1A1A, 29), hello.keyShareGroups());
        assertFalse(hello.sessionResumption());
        assertTrue(direction.records().get(0).complete());
    }

    @Test
    void shouldGiveWhatIsThereOfAClientHelloCutAtAnyByte() {
        byte[] whole = hello();
        int nameEnd =
                new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1)
                                .indexOf("Shop.example")
                        + "Shop.example".length();
        for (int length = 0; length < whole.length; length++) {
            DirectionStream snapped = TestBytes.cutStream(whole, whole.length, length);
            DirectionStream unfinished = TestBytes.stream(Arrays.copyOf(whole, length));
            for (DirectionStream stream : List.of(snapped, unfinished)) {
                TlsDirection direction = TlsDecoder.decode(stream, true);
                assertEquals(length >= 5, direction.tls(), "length=" + length);
                assertEquals(length >= 9, direction.clientHello().isPresent());
                direction.clientHello().ifPresent(hello -> assertFalse(hello.complete()));
                String name = direction.clientHello().map(ClientHello::serverName).orElse(null);
                assertEquals(length >= nameEnd ? "shop.example" : null, name, "length=" + length);
            }
            if (length >= 5) {
                assertTrue(TlsDecoder.decode(snapped, true).records().get(0).complete());
                assertFalse(TlsDecoder.decode(unfinished, true).records().get(0).complete());
            }
        }
    }

    @Test
    void shouldReadTheSameWhateverTheSegmentsAndRecords() {
        byte[] message = TlsMessages.clientHello("shop.example", 1200);
        ClientHello expected =
                decode(TlsMessages.record(22, message), true).clientHello().orElseThrow();
        for (int recordBytes = 1; recordBytes < message.length; recordBytes += 37) {
            TestBytes records = new TestBytes();
            for (int at = 0; at < message.length; at += recordBytes) {
                int end = Math.min(message.length, at + recordBytes);
                records.raw(TlsMessages.record(22, Arrays.copyOfRange(message, at, end)));
            }
            byte[] bytes = records.build();
            ClientHello hello =
                    TlsDecoder.decode(TestBytes.cutStream(bytes, 11, 11), true)
                            .clientHello()
                            .orElseThrow();
            assertTrue(hello.complete());
            assertEquals(expected.serverName(), hello.serverName());
            assertEquals(expected.length(), hello.length());
        }
    }

    @Test
    void shouldReadTheNameWhenTheSecondSegmentIsMissing() {
        byte[] whole = TlsMessages.record(22, TlsMessages.clientHello("pq.example", 1300));
        TlsDirection direction =
                TlsDecoder.decode(TestBytes.holedStream(whole, 1200, 1200, 2400), true);
        assertEquals("pq.example", direction.clientHello().orElseThrow().serverName());
        assertFalse(direction.clientHello().orElseThrow().complete());
        assertFalse(direction.records().get(0).complete());
        assertEquals(DecodeState.TRUNCATED, direction.state());
    }

    @Test
    void shouldNotReadMessagesBehindChangeCipherSpec() {
        byte[] finished = TlsMessages.record(22, new byte[40]);
        byte[] alert = TlsMessages.record(21, new byte[26]);
        byte[] bytes = new TestBytes().raw(hello()).raw(CCS).raw(finished).raw(alert).build();
        TlsDirection direction = decode(bytes, true);
        assertEquals(1, direction.handshakes().size());
        assertEquals(hello().length, direction.changeCipherSpecOffset());
        assertEquals(4, direction.records().size());
        assertTrue(direction.alerts().get(0).encrypted());
        assertEquals(-1, direction.alerts().get(0).description());
    }

    @Test
    void shouldReadHellosBehindAHelloRetryRequest() {
        byte[] client = new TestBytes().raw(hello()).raw(CCS).raw(hello()).build();
        assertEquals(2, decode(client, true).handshakes().size());

        byte[] server =
                new TestBytes()
                        .raw(TlsMessages.record(22, TlsMessages.serverHelloTls13(RETRY)))
                        .raw(CCS)
                        .raw(TlsMessages.record(22, TlsMessages.serverHelloTls13(new byte[32])))
                        .build();
        TlsDirection direction = decode(server, false);
        ServerHello retry = (ServerHello) direction.handshakes().get(0);
        assertTrue(retry.helloRetryRequest());
        assertEquals(0x0304, retry.selectedVersion());
        assertFalse(direction.serverHello().orElseThrow().helloRetryRequest());
        assertTrue(direction.serverHello().orElseThrow().isTls13());
    }

    @Test
    void shouldReadAlertsInTheClear() {
        TlsDirection direction = decode(TlsMessages.record(21, new byte[] {2, 70}), false);
        TlsAlert alert = direction.alerts().get(0);
        assertEquals(TlsAlert.FATAL, alert.level());
        assertEquals(TlsAlertDescription.PROTOCOL_VERSION, alert.descriptionName());
        assertFalse(alert.encrypted());
        assertEquals("unknown(99)", TlsAlertDescription.name(99));
    }

    @Test
    void shouldReadClientHellosOfSsl2Format() {
        byte[] bytes =
                new TestBytes()
                        .u16(0x8000 | (9 + 6 + 16))
                        .u8(1)
                        .u16(0x0301, 6, 0, 16)
                        .u24(0x000004)
                        .u24(0x010080)
                        .zeros(16)
                        .build();
        TlsDirection direction = decode(bytes, true);
        assertTrue(direction.tls());
        ClientHello hello = direction.clientHello().orElseThrow();
        assertTrue(hello.sslV2());
        assertTrue(hello.complete());
        assertEquals(0x0301, hello.legacyVersion());
        assertEquals(List.of(4, 0x010080), hello.cipherSuites());
        assertFalse(decode(bytes, false).tls());
    }

    @Test
    void shouldFindRecordsAgainBehindBytesThatWereNotCaptured() {
        TestBytes records = new TestBytes();
        for (int i = 0; i < 40; i++) {
            records.raw(TlsMessages.record(23, new byte[1395]));
        }
        byte[] bytes = records.build();
        DirectionStream midway = TestBytes.stream(Arrays.copyOfRange(bytes, 700, bytes.length));
        TlsDirection direction = TlsDecoder.decode(midway, false);
        assertTrue(direction.tls());
        assertEquals(700, direction.resynchronizedAt());
        assertEquals(39, direction.records().size());

        DirectionStream cut = TestBytes.cutStream(bytes, 1400, 64);
        assertEquals(40, TlsDecoder.decode(cut, false).records().size());

        DirectionStream holed = TestBytes.holedStream(bytes, 1000, 5000, 9000);
        List<TlsRecord> found = TlsDecoder.decode(holed, false).records();
        assertTrue(found.size() >= 35, "found=" + found.size());
        assertEquals(39 * 1400, found.get(found.size() - 1).offset());
    }

    @Test
    void shouldSayThatPlainTextIsNoTls() {
        for (String text : List.of("HTTP/1.1 400 Bad Request\r\n", "-ERR unknown\r\n", "")) {
            TlsDirection direction = decode(TestBytes.ascii(text), false);
            assertFalse(direction.tls());
            assertTrue(direction.records().isEmpty());
        }
        assertEquals(0, decode(TestBytes.ascii("SSH-2.0-OpenSSH"), false).malformedAt());
    }

    @Test
    void shouldStopAtAbsurdLengths() {
        byte[] record = new TestBytes().u8(22).u16(0x0303, 0xFFFF).zeros(100).build();
        assertFalse(decode(record, true).tls());
        byte[] message =
                TlsMessages.record(22, new TestBytes().u8(1).u24(0xFFFFFF).zeros(50).build());
        ClientHello hello = decode(message, true).clientHello().orElseThrow();
        assertEquals(0xFFFFFF, hello.length());
        assertFalse(hello.complete());
        assertNull(hello.serverName());
    }

    @Test
    void shouldGiveAResultForAnyMutation() {
        Random random = new Random(TestBytes.seed("TlsDecoderTest"));
        byte[] certificate = TlsMessages.certificate(new byte[300], new byte[20]);
        byte[] original =
                new TestBytes()
                        .raw(hello())
                        .raw(TlsMessages.record(22, TlsMessages.serverHelloTls13(RETRY)))
                        .raw(TlsMessages.record(22, certificate))
                        .raw(TlsMessages.record(21, new byte[] {2, 40}))
                        .raw(CCS)
                        .raw(TlsMessages.record(23, new byte[100]))
                        .build();
        int found = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = TestBytes.mutate(original, random);
            int segment = 1 + random.nextInt(300);
            TlsDirection direction =
                    TlsDecoder.decode(
                            TestBytes.cutStream(bytes, segment, 1 + random.nextInt(segment)),
                            random.nextBoolean());
            found += direction.records().size();
            for (int r = 1; r < direction.records().size(); r++) {
                TlsRecord before = direction.records().get(r - 1);
                assertTrue(direction.records().get(r).offset() > before.offset());
            }
        }
        assertTrue(found > 10_000, "found=" + found);
    }
}
