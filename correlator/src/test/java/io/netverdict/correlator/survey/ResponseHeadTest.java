package io.netverdict.correlator.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {
    private final ResponseHead head = new ResponseHead();

    private long read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return head.read(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    @Test
    void shouldTellLengthAndWhereTheBodyBegins() {
        String text = "HTTP/1.1 200 OK\r\nServer: a\r\ncontent-LENGTH:  2\r\n\r\nhi";

        assertEquals(2, read(text));
        assertEquals(text.length() - 2, head.bodyOffset());
    }

    @Test
    void shouldPreferChunksToALength() {
        assertEquals(
                ResponseHead.CHUNKED,
                read(
                        "HTTP/1.1 206 Partial\r\nContent-Length: 9\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.",
                "HTTP/1.1",
                "HTTP/1.1 20",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nServer: cut",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2 3\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n"
            })
    void shouldAnnounceNothingWhereTheHeadIsCutOddOrNoSuccess(String text) {
        assertEquals(ResponseHead.NOT_ANNOUNCED, read(text));
    }

    @Test
    void shouldReadNoFurtherThanWhatWasCaptured() {
        byte[] bytes =
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        for (int captured = 0; captured < bytes.length; captured++) {
            assertEquals(
                    ResponseHead.NOT_ANNOUNCED, head.read(ByteBuffer.wrap(bytes), 0, captured));
        }
    }
}
