package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.probe.ProxyProbe;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.service.probe.flow.ProbeSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a proxy for a tunnel (RFC 9110 section 9.3.6), without credentials. */
public final class ProxyConnect {
    private static final long TIMEOUT_NANOS = 4_000_000_000L;
    private static final int MAX_HEAD_BYTES = 16_384;
    private static final int MAX_REASON_LENGTH = 80;
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: ([^\\r\\n]*))?");

    private ProxyConnect() {}

    /** What a proxy said: the status, or -1, and the reason behind it. */
    private record Status(int code, String reason) {}

    /**
     * Asks and closes.
     *
     * @param target {@code host:port}
     */
    public static ProxyProbe ask(ProbeSession session, Endpoint proxy, String target) {
        long started = session.nowNanos();
        Reply reply;
        String problem = null;
        Status status = new Status(-1, "");
        try (ProbeConnection connection =
                ProbeConnection.open(session, proxy, TIMEOUT_NANOS, MAX_HEAD_BYTES)) {
            status = tunnel(connection, target);
            reply = Reply.ANSWERED;
        } catch (NoHttpException e) {
            reply = Reply.GARBLED;
            problem = e.getMessage();
        } catch (IOException e) {
            reply = ProbeConnection.reply(e);
            problem = reply == Reply.SILENT ? null : e.getMessage();
        }
        return new ProxyProbe(
                proxy,
                target,
                session.since(started),
                reply,
                status.code(),
                status.reason(),
                problem);
    }

    /** Opens a tunnel for what follows; throws unless the proxy agrees. */
    public static void open(ProbeConnection connection, String target) throws IOException {
        Status status = tunnel(connection, target);
        if (status.code() < 200 || status.code() > 299) {
            throw new NoHttpException("the proxy answers " + status.code() + " to CONNECT");
        }
    }

    private static Status tunnel(ProbeConnection connection, String target) throws IOException {
        String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
        connection.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        // A byte at a time, since what follows the head is the tunnel's.
        while (head.indexOf("\r\n\r\n") < 0) {
            if (connection.read(one.clear()) < 0) {
                throw new NoHttpException("closed without an answer to CONNECT");
            }
            head.append((char) (one.get(0) & 0xFF));
        }
        Matcher matcher = STATUS_LINE.matcher(head);
        if (!matcher.lookingAt()) {
            throw new NoHttpException("the answer to CONNECT is not HTTP");
        }
        String reason = matcher.group(2) == null ? "" : matcher.group(2).strip();
        return new Status(
                Integer.parseInt(matcher.group(1)),
                reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)));
    }

    /** What a proxy said leads no further. */
    static final class NoHttpException extends IOException {
        private static final long serialVersionUID = 1L;

        NoHttpException(String message) {
            super(message);
        }
    }
}
