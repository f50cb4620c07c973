package io.netverdict.hook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server on loopback that answers each path with a failure of its own. */
public final class BrokenServer implements AutoCloseable {
    /** Answers in part, then resets the connection. */
    public static final String RESET_IN_BODY = "/reset-in-body";

    /** Reads the request and says nothing. */
    public static final String SILENT = "/silent";

    /** Answers with status 503. */
    public static final String UNAVAILABLE = "/unavailable";

    /** Answers with status 404. */
    public static final String MISSING = "/missing";

    /** Answers well. */
    public static final String FINE = "/fine";

    private static final int ANNOUNCED_BYTES = 100_000;
    private static final int SENT_BYTES = 1_000;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    public BrokenServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "broken-server");
        thread.setDaemon(true);
        thread.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    /** A redirect to another URL. */
    public String redirectTo(String url) {
        return url("/to?" + url);
    }

    /** A URL whose port refuses connections. */
    public static String refusedUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/img?x=1";
        }
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                open.add(connection);
                start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String target = readTarget(connection.getInputStream());
            while (!target.isEmpty() && answer(connection, target)) {
                target = readTarget(connection.getInputStream());
            }
        } catch (IOException gone) {
            // The client's business.
        } finally {
            open.remove(connection);
        }
    }

    /** Answers a request; whether another may come. */
    private boolean answer(Socket connection, String target) throws IOException {
        requests.incrementAndGet();
        // A first part: some clients put an object's name behind it.
        String path = target.replaceAll("(?<=.)[/?].*", "");
        switch (path) {
            case RESET_IN_BODY -> {
                write(connection, "200 OK", "Content-Length: " + ANNOUNCED_BYTES, "");
                connection.getOutputStream().write(new byte[SENT_BYTES]);
                // What was sent first: a reset would discard it.
                connection.getOutputStream().flush();
                pause();
                connection.setSoLinger(true, 0);
                return false;
            }
            case SILENT -> {
                connection.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                return false;
            }
            case "/to" ->
                    write(
                            connection,
                            "302 Found",
                            "Location: " + target.substring(target.indexOf('?') + 1),
                            "");
            case UNAVAILABLE -> write(connection, "503 Service Unavailable", "X-None: 1", "no");
            case MISSING -> write(connection, "404 Not Found", "X-None: 1", "no");
            default -> write(connection, "200 OK", "X-None: 1", "fine");
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket connection, String status, String header, String body)
            throws IOException {
        String length =
                header.startsWith("Content-Length")
                        ? ""
                        : "Content-Length: " + body.length() + "\r\n";
        String text = "HTTP/1.1 " + status + "\r\n" + length + header + "\r\n\r\n" + body;
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readTarget(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString().split(" ")[1];
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            // Nothing is left to be closed.
        }
    }
}
