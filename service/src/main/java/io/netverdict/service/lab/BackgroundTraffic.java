package io.netverdict.service.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Healthy requests of the client's that go on beside the one that is broken, to an address of their
 * own. Threads: one.
 */
final class BackgroundTraffic implements AutoCloseable {
    static final String ADDRESS = "203.0.113.40";
    private static final int PORT = 80;
    private static final int BODY_BYTES = 6_000;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final byte[] REQUEST =
            "GET /feed HTTP/1.1\r\nHost: feed.example\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Thread thread;

    /** Begins; a request every so often. */
    BackgroundTraffic(Lab lab, int everyMillis) {
        lab.addHost("feed.example", ADDRESS);
        lab.serve(ADDRESS, PORT, TcpBehavior.partly(BODY_BYTES, BODY_BYTES, TcpBehavior.close()));
        // The thread stays in the namespace in which it was started.
        thread =
                lab.client()
                        .call(
                                () -> {
                                    Thread made = new Thread(() -> loop(everyMillis), "traffic");
                                    made.setDaemon(true);
                                    made.start();
                                    return made;
                                });
    }

    private static void loop(int everyMillis) {
        try {
            while (true) {
                request();
                Thread.sleep(everyMillis);
            }
        } catch (InterruptedException e) {
            // Told to end.
        }
    }

    private static void request() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, PORT), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Not what the lab is about.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
