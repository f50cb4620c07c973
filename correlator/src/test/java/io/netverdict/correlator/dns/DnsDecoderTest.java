package io.netverdict.correlator.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.decode.TestBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsDecoderTest {
    private static final int POINTER_TO_QUESTION = 0xC00C;

    /** www.Example.org A? answered by a CNAME, an A and an AAAA, and OPT. */
    private static byte[] response() {
        return new TestBytes()
                .u16(0xBEEF, 0x8180, 1, 3, 0, 1)
                .u8(3)
                .text("www")
                .u8(7)
                .text("Example")
                .u8(3)
                .text("org")
                .u8(0)
                .u16(1, 1)
                .u16(POINTER_TO_QUESTION, 5, 1)
                .u32(300)
                .u16(7)
                .u8(4)
                .text("edge")
                .u16(0xC010)
                .u16(0xC02D, 1, 1)
                .u32(0xFFFF_FFFFL)
                .u16(4)
                .u8(192, 0, 2, 7)
                .u16(0xC02D, 28, 1)
                .u32(60)
                .u16(16)
                .u16(0x2001, 0xDB8, 0, 0, 0, 0, 0, 1)
                .u8(0)
                .u16(41, 1232)
                .u32(0)
                .u16(0)
                .build();
    }

    private static Optional<DnsMessage> decode(byte[] bytes, boolean cut) {
        return DnsDecoder.decode(ByteBuffer.wrap(bytes), cut);
    }

    @Test
    void shouldReadQuestionsAndRecordsWithCompressedNames() {
        DnsMessage message = decode(response(), false).orElseThrow();

        assertEquals(DecodeState.COMPLETE, message.state(), message.problem());
        assertEquals(0xBEEF, message.id());
        assertTrue(message.response());
        assertTrue(message.recursionAvailable());
        assertEquals(DnsRcode.NOERROR, message.rcodeName());
        assertEquals(List.of(new DnsQuestion("www.example.org", 1)), message.questions());
        assertEquals("edge.example.org", message.answers().get(0).target());
        assertEquals("edge.example.org", message.answers().get(1).name());
        assertEquals("192.0.2.7", message.answers().get(1).address().toString());
        assertEquals(0xFFFF_FFFFL, message.answers().get(1).ttlSeconds());
        assertEquals("2001:db8::1", message.answers().get(2).address().toString());
        assertEquals(DnsType.OPT.code(), message.additionals().get(0).type());
        assertNull(message.problem());
    }

    @Test
    void shouldTellCutFromBrokenAtEveryByte() {
        byte[] whole = response();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            if (length < 12) {
                assertTrue(decode(part, true).isEmpty());
                continue;
            }
            DnsMessage cut = decode(part, true).orElseThrow();
            assertEquals(DecodeState.TRUNCATED, cut.state(), "length=" + length);
            assertTrue(cut.problem().contains("cut off"));
            assertEquals(
                    DecodeState.MALFORMED,
                    decode(part, false).orElseThrow().state(),
                    "length=" + length);
            assertEquals(3, cut.announcedAnswers());
            assertEquals(cut.answers().size() < 3, cut.answersMissing());
        }
    }

    @Test
    void shouldShowAnswersThatAreAnnouncedAndNotThere() {
        byte[] bytes = new TestBytes().u16(1, 0x8400, 0, 0xFFFF, 0, 0).build();
        DnsMessage message = decode(bytes, false).orElseThrow();
        assertEquals(0xFFFF, message.announcedAnswers());
        assertTrue(message.answersMissing());
        assertEquals(DecodeState.MALFORMED, message.state());
    }

    @Test
    void shouldRefusePointersThatDoNotGoBackwards() {
        for (int target : new int[] {0xC00C, 0xC00E, 0xFFFF}) {
            byte[] bytes = new TestBytes().u16(1, 0x0100, 1, 0, 0, 0).u16(target).u16(1, 1).build();
            DnsMessage message = decode(bytes, false).orElseThrow();
            assertEquals(DecodeState.MALFORMED, message.state(), "target=" + target);
            assertTrue(message.questions().isEmpty());
        }
    }

    @Test
    void shouldRefuseReservedLabelsAndOverlongNames() {
        TestBytes overlong = new TestBytes().u16(1, 0x0100, 1, 0, 0, 0);
        for (int i = 0; i < 5; i++) {
            overlong.u8(63).zeros(63);
        }
        byte[] reserved = new TestBytes().u16(1, 0x0100, 1, 0, 0, 0).u8(0x80, 0).u16(1, 1).build();
        assertEquals(
                DecodeState.MALFORMED,
                decode(overlong.u8(0).u16(1, 1).build(), false).orElseThrow().state());
        assertEquals(DecodeState.MALFORMED, decode(reserved, false).orElseThrow().state());
    }

    @Test
    void shouldEscapeHostileBytesInNames() {
        byte[] bytes =
                new TestBytes()
                        .u16(1, 0x0100, 1, 0, 0, 0)
                        .u8(5)
                        .text("a.b\n\\")
                        .u8(0)
                        .u16(1, 1)
                        .build();
        DnsMessage message = decode(bytes, false).orElseThrow();
        assertEquals("a\\.b\\x0a\\\\", message.questions().get(0).name());
    }

    @Test
    void shouldSayNothingAboutWhatIsNoDns() {
        assertTrue(decode(TestBytes.ascii("GET / HTTP/1.1\r\n\r\n"), false).isEmpty());
        assertTrue(decode(new byte[64], false).isEmpty());
        assertTrue(decode(new byte[3], false).isEmpty());
    }

    @Test
    void shouldReadSeveralMessagesOfAConnection() {
        byte[] message = response();
        byte[] bytes =
                new TestBytes()
                        .u16(message.length)
                        .raw(message)
                        .u16(message.length)
                        .raw(message)
                        .build();
        assertEquals(
                List.of(0L, 2L + message.length),
                DnsDecoder.decodeTcp(TestBytes.cutStream(bytes, 10, 10)).stream()
                        .map(DnsOverTcpMessage::offset)
                        .toList());

        byte[] unfinished = Arrays.copyOf(bytes, bytes.length - 1);
        List<DnsOverTcpMessage> messages = DnsDecoder.decodeTcp(TestBytes.stream(unfinished));
        assertEquals(DecodeState.COMPLETE, messages.get(0).message().state());
        assertEquals(DecodeState.TRUNCATED, messages.get(1).message().state());
    }

    @Test
    void shouldGiveAResultForAnyMutation() {
        Random random = new Random(TestBytes.seed("DnsDecoderTest"));
        byte[] original = response();
        int decoded = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = TestBytes.mutate(original, random);
            boolean cut = random.nextBoolean();
            Optional<DnsMessage> message = decode(bytes, cut);
            decoded += message.isPresent() ? 1 : 0;
            message.ifPresent(
                    m -> assertEquals(m.state() == DecodeState.COMPLETE, m.problem() == null));
            DnsDecoder.decodeTcp(TestBytes.cutStream(bytes, 7, 5));
        }
        assertTrue(decoded > 5_000, "decoded=" + decoded);
    }
}
