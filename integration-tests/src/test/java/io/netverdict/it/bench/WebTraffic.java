package io.netverdict.it.bench;

import static io.netverdict.it.bench.TcpFrame.ACK;
import static io.netverdict.it.bench.TcpFrame.FIN;
import static io.netverdict.it.bench.TcpFrame.RST;
import static io.netverdict.it.bench.TcpFrame.SEGMENT_BYTES;
import static io.netverdict.it.bench.TcpFrame.SYN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netverdict.it.bench.TcpFrame.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames of a web server and its clients, each connection with sequence numbers that fit. */
public final class WebTraffic {
    /** Each connection's server. */
    public static final End SERVER = new End(0x0A63_0702, 80);

    private static final int FIRST_CLIENT = 0x0A63_0800;
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final long CLIENT_START = 1000;
    private static final long SERVER_START = 5000;
    private static final byte[] NOTHING = {};
    private static final byte[] REQUEST =
            "GET /body HTTP/1.1\r\nHost: 10.99.7.2\r\n\r\n".getBytes(US_ASCII);

    private final End client;
    private final List<byte[]> frames = new ArrayList<>();
    private long clientSequence = CLIENT_START;
    private long serverSequence = SERVER_START;

    private WebTraffic(End client) {
        this.client = client;
    }

    /** The client of connection {@code number}; different ones for four billion numbers. */
    public static End client(int number) {
        return new End(
                FIRST_CLIENT + Integer.divideUnsigned(number, PORTS),
                FIRST_PORT + Integer.remainderUnsigned(number, PORTS));
    }

    /** A whole connection: handshake, one request, a response of so many bytes, close. */
    public static List<byte[]> connection(int number, int responseBytes) {
        WebTraffic traffic = new WebTraffic(client(number));
        traffic.handshake();
        traffic.exchange(responseBytes);
        traffic.up(FIN | ACK, NOTHING);
        traffic.down(FIN | ACK, NOTHING);
        traffic.up(ACK, NOTHING);
        return traffic.frames;
    }

    /** Requests and responses on a connection that was opened before and lives on. */
    public static List<byte[]> exchanges(int number, int count, int responseBytes) {
        WebTraffic traffic = new WebTraffic(client(number));
        for (int i = 0; i < count; i++) {
            traffic.exchange(responseBytes);
        }
        return traffic.frames;
    }

    /** A SYN that the server's host answers with a RST. */
    public static List<byte[]> refused(int number) {
        WebTraffic traffic = new WebTraffic(client(number));
        traffic.up(SYN, NOTHING);
        traffic.serverSequence = 0;
        traffic.down(RST | ACK, NOTHING);
        return traffic.frames;
    }

    private void handshake() {
        up(SYN, NOTHING);
        down(SYN | ACK, NOTHING);
        up(ACK, NOTHING);
    }

    private void exchange(int responseBytes) {
        up(ACK, REQUEST);
        byte[] head =
                ("HTTP/1.1 200 OK\r\nContent-Length: " + responseBytes + "\r\n\r\n")
                        .getBytes(US_ASCII);
        byte[] response = Arrays.copyOf(head, head.length + responseBytes);
        for (int at = 0; at < response.length; at += SEGMENT_BYTES) {
            down(
                    ACK,
                    Arrays.copyOfRange(
                            response, at, Math.min(response.length, at + SEGMENT_BYTES)));
        }
        up(ACK, NOTHING);
    }

    private void up(int flags, byte[] payload) {
        long acknowledged = (flags & ACK) == 0 ? 0 : serverSequence;
        frames.add(TcpFrame.of(client, SERVER, clientSequence, acknowledged, flags, payload));
        clientSequence += payload.length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    }

    private void down(int flags, byte[] payload) {
        frames.add(TcpFrame.of(SERVER, client, serverSequence, clientSequence, flags, payload));
        serverSequence += payload.length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    }
}
