package io.netverdict.correlator.session;

import io.netverdict.correlator.http.Http1Decoder;
import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.http.HttpResponses;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tcp.TcpConnection;
import io.netverdict.correlator.tls.TlsDecoder;
import io.netverdict.correlator.tls.TlsDirection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what was spoken on a connection. Content decides, ports are no more than a hint. */
public final class SessionReader {
    private static final int SAMPLE_BYTES = 16;
    private static final HttpResponses NO_RESPONSES =
            new HttpResponses(List.of(), false, -1, null, null, -1, -1, -1);

    private SessionReader() {}

    /** The session of a connection; empty parts where nothing was understood. */
    public static Session read(TcpConnection tcp) {
        DirectionStream up = tcp.toServer().stream();
        DirectionStream down = tcp.toClient().stream();
        Set<String> names = new LinkedHashSet<>();

        boolean http2 = Http2Exchanges.spokenOn(tcp);
        List<HttpRequest> requests =
                startsAsTls(up) || http2 ? List.of() : Http1Decoder.requests(up);
        boolean downEnds = tcp.toClient().fin() != null;
        boolean downBegins = tcp.startSeen() || asksFirst(requests, down);
        HttpResponses responses =
                http2 || startsAsTls(up) && !startsAsHttp(down)
                        ? NO_RESPONSES
                        : Http1Decoder.responses(down, 0, requests, downEnds, downBegins);
        Optional<Tunnel> tunnel = tunnel(up, down, requests, responses);
        tunnel.ifPresent(t -> names.add(t.host().toLowerCase(Locale.ROOT)));
        requests.forEach(r -> r.host().map(SessionReader::withoutPort).ifPresent(names::add));

        boolean inTunnel = tunnel.map(Tunnel::open).orElse(false);
        long upFrom = inTunnel ? tunnel.get().clientOffset() : 0;
        long downFrom = inTunnel ? tunnel.get().serverOffset() : 0;
        Optional<TlsSession> tls = Optional.empty();
        boolean clientTls = false;
        boolean serverTls = false;
        if (inTunnel || requests.isEmpty() && !http2) {
            TlsDirection client = TlsDecoder.decode(up, upFrom, true);
            TlsDirection server = TlsDecoder.decode(down, downFrom, false);
            clientTls = client.tls();
            serverTls = server.tls();
            if (clientTls || serverTls && up.end() <= upFrom) {
                tls = Optional.of(new TlsSession(client, server));
                client.clientHello().map(hello -> hello.serverName()).ifPresent(names::add);
            }
        } else {
            serverTls = startsAsTls(down);
        }
        List<Exchange> exchanges;
        if (tls.isPresent()) {
            exchanges = EncryptedExchanges.of(tcp, tls.get());
        } else if (inTunnel) {
            exchanges = List.of();
        } else if (http2) {
            exchanges = Http2Exchanges.of(tcp);
        } else {
            exchanges = ClearExchanges.of(tcp, requests, responses);
        }
        return new Session(
                tcp,
                tunnel,
                tls,
                exchanges,
                names,
                malformed(responses, down, downFrom, clientTls, serverTls),
                clientTls,
                serverTls);
    }

    /** Whether what is seen of the server begins behind a request, and so with a response. */
    private static boolean asksFirst(List<HttpRequest> requests, DirectionStream down) {
        return !requests.isEmpty()
                && !down.pieces().isEmpty()
                && requests.get(0).first().timeNanos() <= down.pieces().get(0).packet().timeNanos();
    }

    private static Optional<String> malformed(
            HttpResponses responses,
            DirectionStream down,
            long downFrom,
            boolean clientTls,
            boolean serverTls) {
        if (clientTls && !serverTls && down.end() > downFrom && down.seen(downFrom, 1)) {
            return Optional.of(sample(down.bytes(downFrom, SAMPLE_BYTES)));
        }
        if (!clientTls && responses.malformed()) {
            return Optional.ofNullable(responses.malformedSample());
        }
        return Optional.empty();
    }

    private static Optional<Tunnel> tunnel(
            DirectionStream up,
            DirectionStream down,
            List<HttpRequest> requests,
            HttpResponses responses) {
        for (int i = 0; i < requests.size(); i++) {
            HttpRequest request = requests.get(i);
            if (!request.method().equals("CONNECT")) {
                continue;
            }
            HttpResponse response = null;
            for (HttpResponse candidate : responses.responses()) {
                if (candidate.requestIndex() == i && !candidate.interim()) {
                    response = candidate;
                }
            }
            boolean open = response != null && response.status() / 100 == 2;
            if (!open && i + 1 < requests.size() && response != null) {
                // A challenge answered on the same connection: the later CONNECT counts.
                continue;
            }
            return Optional.of(
                    new Tunnel(
                            request,
                            response,
                            request.target(),
                            open ? endOr(request.end(), up, request.offset()) : -1,
                            open ? endOr(response.headEnd(), down, response.offset()) : -1));
        }
        return Optional.empty();
    }

    /** Where a head's end was cut off, that of its segment: nothing else goes into it. */
    private static long endOr(long end, DirectionStream stream, long offset) {
        DirectionStream.Piece piece = stream.pieceAt(offset);
        return end >= 0 || piece == null ? Math.max(end, offset) : piece.end();
    }

    private static boolean startsAsTls(DirectionStream stream) {
        byte[] start = stream.bytes(0, 3);
        return start.length >= 2
                && (start[0] == 22 || start[0] == 23 || start[0] == 21 || start[0] == 20)
                && start[1] == 3;
    }

    private static boolean startsAsHttp(DirectionStream stream) {
        byte[] start = stream.bytes(0, 5);
        return start.length == 5
                && new String(start, java.nio.charset.StandardCharsets.ISO_8859_1).equals("HTTP/");
    }

    private static String withoutPort(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            int end = lower.indexOf(']');
            return end > 0 ? lower.substring(1, end) : lower;
        }
        int colon = lower.lastIndexOf(':');
        return colon > 0 ? lower.substring(0, colon) : lower;
    }

    private static String sample(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(b >= 0x20 && b < 0x7F ? (char) b : '.');
        }
        return text.toString();
    }
}
