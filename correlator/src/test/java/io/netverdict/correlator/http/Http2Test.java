package io.netverdict.correlator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.decode.TestBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Http2Test {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static byte[] frame(int type, int flags, int streamId, byte[] body) {
        return new TestBytes().u24(body.length).u8(type, flags).u32(streamId).raw(body).build();
    }

    private static byte[] client() {
        byte[] goaway = new TestBytes().u32(7).u32(11).text("bye").build();
        return new TestBytes()
                .text(PREFACE)
                .raw(frame(Http2Frame.SETTINGS, 0, 0, new byte[12]))
                .raw(frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, 1, new byte[30]))
                .raw(frame(Http2Frame.RST_STREAM, 0, 1, new TestBytes().u32(8).build()))
                .raw(frame(Http2Frame.GOAWAY, 0, 0, goaway))
                .build();
    }

    @Test
    void shouldReadFramesBehindThePreface() {
        assertTrue(Http2.looksLikePreface(TestBytes.stream(client())));
        List<Http2Frame> frames = Http2.frames(TestBytes.cutStream(client(), 13, 13), 0);
        assertEquals(
                List.of(
                        Http2Frame.SETTINGS,
                        Http2Frame.HEADERS,
                        Http2Frame.RST_STREAM,
                        Http2Frame.GOAWAY),
                frames.stream().map(Http2Frame::type).toList());
        assertTrue(frames.get(1).endsStream());
        assertEquals("CANCEL", Http2Error.name(frames.get(2).errorCode()));
        assertEquals("ENHANCE_YOUR_CALM", Http2Error.name(frames.get(3).errorCode()));
        assertEquals(7, frames.get(3).lastStreamId());
        assertEquals("0xff", Http2Error.name(255));
    }

    @Test
    void shouldKnowAServerByItsSettings() {
        assertTrue(
                Http2.looksLikeServer(
                        TestBytes.stream(frame(Http2Frame.SETTINGS, 0, 0, new byte[6]))));
        assertFalse(
                Http2.looksLikeServer(TestBytes.stream(TestBytes.ascii("HTTP/1.1 400 No\r\n"))));
        assertFalse(Http2.looksLikePreface(TestBytes.stream(TestBytes.ascii("PUT / HTTP/1.1"))));
    }

    @Test
    void shouldKeepTheFramesBeforeTheCut() {
        byte[] whole = client();
        int before = 0;
        for (int length = 0; length <= whole.length; length++) {
            int frames = Http2.frames(TestBytes.stream(Arrays.copyOf(whole, length)), 0).size();
            assertTrue(frames >= before || length == PREFACE.length(), "length=" + length);
            before = frames;
        }
        assertEquals(4, before);
    }

    @Test
    void shouldGiveAResultForAnyMutation() {
        Random random = new Random(TestBytes.seed("Http2Test"));
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = TestBytes.mutate(client(), random);
            long before = -1;
            for (Http2Frame frame : Http2.frames(TestBytes.cutStream(bytes, 20, 12), 0)) {
                assertTrue(frame.offset() > before);
                before = frame.offset();
            }
        }
    }
}
