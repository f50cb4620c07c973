package io.netverdict.service.context.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class SocketCountsTest {
    @Test
    void shouldCountSocketsInUseAndThoseThatWaitOutTheirTime() {
        String text =
                """
                sockets: used 178
                TCP: inuse 5 orphan 3 tw 12 alloc 8 mem 1
                UDP: inuse 4 mem 0
                """;

        assertEquals(17, SocketCounts.count(text));
    }

    @Test
    void shouldCountThoseOfIpv6() {
        assertEquals(7, SocketCounts.count("TCP6: inuse 7\nUDP6: inuse 2\n"));
    }

    @Test
    void shouldCountNothingInWhatItDoesNotUnderstand() {
        assertEquals(0, SocketCounts.count(""));
        assertEquals(0, SocketCounts.count("TCP: inuse\nTCP: inuse x tw -\n"));
    }

    @Test
    void shouldCountALocalSocket() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertTrue(SocketCounts.read() > 0, socket.toString());
        }
    }
}
