package io.netverdict.capture.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpBodyReachTest {
    private final HttpBodyReach body = new HttpBodyReach();

    private boolean find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return body.find(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    @Test
    void shouldFindTheBodyOfASuccessThatTellsItsLength() {
        String header = "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-LENGTH:  2048\r\nA: b\r\n\r\n";
        assertTrue(find(header + "x".repeat(100)));
        assertEquals(header.length(), body.headerBytes());
        assertEquals(2048, body.bodyBytes());
        assertTrue(find(header));
    }

    @Test
    void shouldNotForeseeWhatMayDecideOrHasNoKnownEnd() {
        String length = "Content-Length: 2048\r\n\r\n";
        assertFalse(find("HTTP/1.1 503 Busy\r\n" + length));
        assertFalse(find("HTTP/1.1 404 Not Found\r\n" + length));
        assertFalse(find("HTTP/1.1 304 Not Modified\r\n" + length));
        assertFalse(find("HTTP/1.1 204 No Content\r\n" + length));
        assertFalse(find("HTTP/1.1 101 Switching\r\n" + length));
        assertFalse(find("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + length));
        assertFalse(find("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
        assertFalse(find("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assertFalse(find("HTTP/1.1 200 OK\r\nContent-Length: 20x\r\n\r\n"));
        assertFalse(find("HTTP/1.1 200 OK\r\nContent-Length: 2048\r\nUnfinished: "));
        assertFalse(find("GET / HTTP/1.1\r\n" + length));
        assertFalse(find("HTTP"));
    }

    @Test
    void shouldBoundLengths() {
        assertTrue(find("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n"));
        assertEquals(1 << 30, body.bodyBytes());
    }

    @Test
    void shouldTakeAnyBytes() {
        Random random = new Random(Long.getLong("netverdict.seed", 7));
        String header = "HTTP/1.1 200 OK\r\nContent-Length: 2048\r\nA: b\r\n\r\n";
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = header.getBytes(StandardCharsets.US_ASCII);
            for (int damage = 0; damage < 3; damage++) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            int end = random.nextInt(bytes.length + 1);
            if (body.find(ByteBuffer.wrap(bytes), 0, end)) {
                assertTrue(body.headerBytes() <= end);
                assertTrue(body.bodyBytes() > 0);
            }
        }
    }
}
