package io.netverdict.service.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a server does with a connection; the caller closes it afterwards. */
@FunctionalInterface
public interface TcpBehavior {
    int TLS_ALERT_RECORD = 21;
    int FATAL = 2;

    /** A handshake record of 122 bytes with a ServerHello of TLS 1.2, not all of which comes. */
    byte[] SERVER_HELLO_BEGINS = {22, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3};

    void serve(Socket connection) throws IOException, InterruptedException;

    /** Answers every request of a connection with a status and a body. */
    static TcpBehavior answer(String status, int bodyBytes) {
        return connection -> {
            while (readRequest(connection)) {
                String head =
                        "HTTP/1.1 " + status + "\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
                write(connection, head);
                connection.getOutputStream().write(new byte[bodyBytes]);
            }
        };
    }

    /** Reads the request and says nothing. */
    static TcpBehavior silence() {
        return connection -> {
            connection.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        };
    }

    /** Begins an answer of so many bytes and goes on as another says after so many of them. */
    static TcpBehavior partly(int announcedBytes, int sentBytes, TcpBehavior then) {
        return connection -> {
            readRequest(connection);
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + announcedBytes + "\r\n\r\n");
            connection.getOutputStream().write(new byte[sentBytes]);
            // The client's own acknowledgements first, or the reset would discard what was sent.
            Thread.sleep(300);
            then.serve(connection);
        };
    }

    /** Aborts the connection with a reset. */
    static TcpBehavior reset() {
        return connection -> connection.setSoLinger(true, 0);
    }

    /** Reads the request, then goes on as another says. */
    static TcpBehavior afterRequest(TcpBehavior then) {
        return connection -> {
            readRequest(connection);
            then.serve(connection);
        };
    }

    /** Closes at once. */
    static TcpBehavior close() {
        return connection -> {};
    }

    /** Answers the first bytes with a fatal TLS alert. */
    static TcpBehavior tlsAlert(int description) {
        return connection -> {
            readSome(connection);
            connection
                    .getOutputStream()
                    .write(new byte[] {TLS_ALERT_RECORD, 3, 3, 0, 2, FATAL, (byte) description});
        };
    }

    /** Answers the ClientHello with the first bytes of a ServerHello, and goes silent. */
    static TcpBehavior tlsBegins() {
        return connection -> {
            readSome(connection);
            byte[] beginning = new byte[40];
            System.arraycopy(SERVER_HELLO_BEGINS, 0, beginning, 0, SERVER_HELLO_BEGINS.length);
            connection.getOutputStream().write(beginning);
            silence().serve(connection);
        };
    }

    /** Answers whatever comes with a text. */
    static TcpBehavior say(String text) {
        return connection -> {
            readSome(connection);
            write(connection, text);
        };
    }

    /** Answers one request, then forgets the connection after a time, with a reset. */
    static TcpBehavior answerThenForget(long millis) {
        return connection -> {
            readRequest(connection);
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            Thread.sleep(millis);
            reset().serve(connection);
        };
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void readSome(Socket connection) throws IOException {
        connection.getInputStream().read(new byte[16_384]);
    }

    /** Reads a request with its body; false at the end of the connection. */
    private static boolean readRequest(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        in.skipNBytes(bodyLength(head.toString()));
        return true;
    }

    private static long bodyLength(String head) {
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                return Long.parseLong(line.substring(15).strip());
            }
        }
        return 0;
    }
}
