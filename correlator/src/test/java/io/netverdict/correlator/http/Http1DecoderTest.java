package io.netverdict.correlator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.stream.DirectionStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Http1DecoderTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
                    + "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n";

    private static List<HttpRequest> requests(String text) {
        return Http1Decoder.requests(TestBytes.stream(TestBytes.ascii(text)));
    }

    private static HttpResponses responses(String requests, String text, boolean endSeen) {
        return Http1Decoder.responses(
                TestBytes.stream(TestBytes.ascii(text)), requests(requests), endSeen);
    }

    private static List<Integer> statuses(HttpResponses responses) {
        return responses.responses().stream().map(HttpResponse::status).toList();
    }

    @Test
    void shouldReadPipelinedRequestsWithBodies() {
        List<HttpRequest> requests =
                requests(
                        GET
                                + "POST http://x/b HTTP/1.0\r\ncontent-length: 3\r\n\r\nabc"
                                + "PUT /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "2\r\nxy\r\n0\r\n\r\n"
                                + GET);
        assertEquals(
                List.of("GET", "POST", "PUT", "GET"),
                requests.stream().map(HttpRequest::method).toList());
        assertEquals("shop.example", requests.get(0).host().orElseThrow());
        assertEquals(GET.length(), requests.get(0).end());
        assertEquals(3, requests.get(1).bodyLength());
        assertEquals("HTTP/1.0", requests.get(1).version());
        assertTrue(requests.get(2).chunked());
        assertTrue(requests.stream().allMatch(r -> r.completeness() == Completeness.COMPLETE));
    }

    @Test
    void shouldMatchResponsesToRequests() {
        String head = "HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n";
        HttpResponses read =
                responses(
                        GET + head + GET + GET + GET,
                        "HTTP/1.1 100 Continue\r\n\r\n"
                                + OK
                                + "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
                                + CHUNKED
                                + "HTTP/1.1 204 No Content\r\n\r\n"
                                + "HTTP/1.1 404\r\n\r\nuntil the close",
                        true);
        assertFalse(read.malformed(), read.problem());
        assertEquals(List.of(100, 200, 200, 200, 204, 404), statuses(read));
        assertEquals(
                List.of(0, 0, 1, 2, 3, 4),
                read.responses().stream().map(HttpResponse::requestIndex).toList());
        assertTrue(read.responses().get(0).interim());
        assertTrue(read.responses().stream().allMatch(HttpResponse::complete));
        assertEquals(0, read.responses().get(2).bodyLength());
        assertEquals("", read.responses().get(5).reason());
        assertEquals(15, read.responses().get(5).bodySeen());
    }

    @Test
    void shouldKnowHowFarAnUnfinishedResponseCame() {
        for (String whole : List.of(OK, CHUNKED)) {
            int headEnd = whole.indexOf("\r\n\r\n") + 4;
            for (int length = 0; length < whole.length(); length++) {
                HttpResponses read = responses(GET, whole.substring(0, length), true);
                assertFalse(read.malformed(), "length=" + length + " " + read.problem());
                boolean statusSeen = length >= "HTTP/1.1 200".length();
                assertEquals(statusSeen ? 1 : 0, read.responses().size(), "length=" + length);
                if (statusSeen) {
                    HttpResponse response = read.responses().get(0);
                    assertEquals(Completeness.INCOMPLETE, response.completeness());
                    assertEquals(-1, response.end());
                    assertEquals(length >= headEnd ? headEnd : -1, response.headEnd());
                    assertEquals(Math.max(0, length - headEnd), response.bodySeen());
                }
            }
        }
    }

    @Test
    void shouldReadTheStatusOfHeadsThatTheSnapLengthCut() {
        byte[] bytes = TestBytes.ascii(OK);
        DirectionStream stream = TestBytes.cutStream(bytes, bytes.length, 20);
        HttpResponse response =
                Http1Decoder.responses(stream, requests(GET), true).responses().get(0);
        assertEquals(200, response.status());
        assertEquals(HttpResponse.HEAD_CUT, response.bodyLength());
        assertEquals(Completeness.UNKNOWN, response.completeness());

        byte[] two = TestBytes.ascii(OK + OK);
        DirectionStream stream2 = TestBytes.cutStream(two, bytes.length, 20);
        assertEquals(
                List.of(200, 200),
                statuses(Http1Decoder.responses(stream2, requests(GET + GET), false)));

        byte[] request = TestBytes.ascii(GET);
        HttpRequest cut = Http1Decoder.requests(TestBytes.cutStream(request, 40, 5)).get(0);
        assertEquals("/", cut.target());
        assertEquals("", cut.version());
        assertEquals(Completeness.UNKNOWN, cut.completeness());
    }

    @Test
    void shouldSeeTheLastChunkBehindBytesThatWereNotCaptured() {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
        byte[] bytes = TestBytes.ascii(head + "aaaaa\r\n5\r\nbbbbb\r\n" + "0\r\n\r\n");
        DirectionStream.Builder builder = new DirectionStream.Builder();
        int tail = bytes.length - 5;
        builder.add(0, tail, java.nio.ByteBuffer.wrap(bytes, 0, head.length()), null);
        builder.add(tail, 5, java.nio.ByteBuffer.wrap(bytes, tail, 5), null);
        HttpResponse response =
                Http1Decoder.responses(builder.build(), requests(GET), false).responses().get(0);
        assertTrue(response.complete());
        assertEquals(bytes.length, response.end());
    }

    @Test
    void shouldNotCallAResponseWithAHoleComplete() {
        byte[] bytes =
                TestBytes.ascii(
                        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000));
        HttpResponse response =
                Http1Decoder.responses(
                                TestBytes.holedStream(bytes, 100, 500, 600), requests(GET), true)
                        .responses()
                        .get(0);
        assertEquals(Completeness.INCOMPLETE, response.completeness());
        assertEquals(500 - response.headEnd(), response.bodySeen());
    }

    @Test
    void shouldEndAtATunnel() {
        String connect = "CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n";
        String answers =
                "HTTP/1.1 407 Who\r\nContent-Length: 2\r\n\r\nno"
                        + "HTTP/1.1 200 Connection established\r\n\r\n";
        HttpResponses refusedThenOpen =
                responses(connect + connect, answers + "\u0016\u0003\u0003", false);
        assertEquals(List.of(407, 200), statuses(refusedThenOpen));
        assertEquals(1, refusedThenOpen.tunnelRequestIndex());
        assertEquals(answers.length(), refusedThenOpen.tunnelOffset());
        assertFalse(refusedThenOpen.malformed());
        assertEquals(2, requests(connect + connect + "\u0016\u0003\u0001\u0002").size());
    }

    @Test
    void shouldEndAtAnUpgrade() {
        HttpResponses read =
                responses(GET, "HTTP/1.1 101 Switching Protocols\r\n\r\n\u0081\u0005hello", false);
        assertEquals(List.of(101), statuses(read));
        assertEquals(36, read.tunnelOffset());
        assertFalse(read.malformed());
    }

    @Test
    void shouldSampleWhatIsNoHttp() {
        for (String text :
                List.of(
                        "-ERR wrong number\r\n",
                        "\u0015\u0003\u0001\u0000\u0002\u0002F",
                        "SSH-2.0-x")) {
            HttpResponses read = responses(GET, text, true);
            assertTrue(read.malformed());
            assertEquals(0, read.malformedOffset());
            assertTrue(read.responses().isEmpty());
        }
        assertEquals("-ERR x\\x0d\\x0a", responses(GET, "-ERR x\r\n", true).malformedSample());
        assertTrue(requests("EHLO mail\r\n").isEmpty());
        assertTrue(requests("\u0016\u0003\u0001\u0002\u0000\u0001").isEmpty());
    }

    @Test
    void shouldSayWhereFramingBreaks() {
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (String broken :
                List.of(
                        chunks + "zz\r\n",
                        chunks + "3\r\nhello\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
                        "HTTP/1.1 2x0 OK\r\n\r\n")) {
            HttpResponses read = responses(GET, broken, true);
            assertTrue(read.malformed(), broken);
            assertNotEquals(null, read.problem());
            assertNotEquals(null, read.malformedSample());
        }
        assertEquals(
                (chunks + "3\r\nhel").length(),
                responses(GET, chunks + "3\r\nhello\r\n0\r\n\r\n", true).malformedOffset());
        HttpResponses same =
                responses(GET, "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello", true);
        assertFalse(same.malformed());
        assertNull(same.malformedSample());
    }

    @Test
    void shouldReportBytesThatAnswerNothing() {
        HttpResponses read = responses(GET, OK + "more", true);
        assertFalse(read.malformed());
        assertEquals(OK.length(), read.excessOffset());
    }

    @Test
    void shouldFindTheFirstResponseOfARecordingThatBeganLate() {
        DirectionStream stream =
                TestBytes.stream(TestBytes.ascii("rest of a body"), TestBytes.ascii(OK));
        HttpResponses read = Http1Decoder.responses(stream, 0, List.of(), false, false);
        assertEquals(List.of(200), statuses(read));
        assertFalse(read.malformed());
        DirectionStream late =
                TestBytes.stream(TestBytes.ascii("rest of a body"), TestBytes.ascii(GET));
        assertEquals(14, Http1Decoder.requests(late).get(0).offset());
    }

    @Test
    void shouldGiveAResultForAnyMutation() {
        Random random = new Random(TestBytes.seed("Http1DecoderTest"));
        byte[] original = TestBytes.ascii(OK + CHUNKED + OK + CHUNKED + OK);
        byte[] asked = TestBytes.ascii((GET + GET + GET + GET + GET).repeat(2));
        int found = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = TestBytes.mutate(original, random);
            int segment = 1 + random.nextInt(80);
            int captured = 1 + random.nextInt(segment);
            List<HttpRequest> requests =
                    Http1Decoder.requests(
                            TestBytes.cutStream(
                                    TestBytes.mutate(asked, random), segment, captured));
            HttpResponses read =
                    Http1Decoder.responses(
                            TestBytes.cutStream(bytes, segment, captured),
                            0,
                            requests,
                            random.nextBoolean(),
                            random.nextBoolean());
            found += read.responses().size();
            long before = -1;
            for (HttpResponse response : read.responses()) {
                assertTrue(response.offset() > before, Arrays.toString(bytes));
                assertTrue(response.bodySeen() >= 0);
                before = response.offset();
            }
        }
        assertTrue(found > 1_000, "found=" + found);
    }
}
