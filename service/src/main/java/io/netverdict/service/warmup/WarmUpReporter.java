package io.netverdict.service.warmup;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reports errors on one connection, the way an application does. Plain sockets instead of a client
 * library: what is to be compiled is the server's side. For one thread.
 */
final class WarmUpReporter implements Closeable {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_LINE_BYTES = 8_192;
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";
    private static final String HEAD =
            """
            POST /api/v1/errors?wait=2s HTTP/1.1\r
            Host: %s\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            """;

    private final String host;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    WarmUpReporter(InetSocketAddress api) throws IOException {
        host = api.getAddress().getHostAddress() + ":" + api.getPort();
        socket = new Socket(api.getAddress(), api.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Reports once and reads the answer; its status. */
    int report(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = HEAD.formatted(host, body.length).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        out.write(whole);
        out.flush();
        int status = status(line());
        long length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            chunked |= line.equals(CHUNKED);
            if (line.startsWith(LENGTH)) {
                length = Long.parseLong(line.substring(LENGTH.length()).strip());
            }
        }
        if (chunked) {
            for (length = chunk(); length > 0; length = chunk()) {
                in.skipNBytes(length);
                line();
            }
            line();
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2) {
            throw new IOException("no answer: " + line);
        }
        return Integer.parseInt(words[1]);
    }

    /** The length of the next chunk. */
    private long chunk() throws IOException {
        return Long.parseLong(line(), 16);
    }

    /** The next line of an answer's head, lower case. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() >= MAX_LINE_BYTES) {
                throw new EOFException("no answer: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
