package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.dns.DnsDecoder;
import io.netverdict.correlator.dns.DnsOverTcpMessage;
import io.netverdict.correlator.http.Http1Decoder;
import io.netverdict.correlator.http.Http2;
import io.netverdict.correlator.http.Http2Frame;
import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.http.HttpResponses;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsDecoder;
import io.netverdict.correlator.tls.TlsDirection;
import io.netverdict.correlator.tls.TlsHandshake;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.List;
import java.util.Map;

/**
 * Notes the messages of TCP connections at their packets: TLS, HTTP/2, HTTP/1 with what a CONNECT
 * or an upgrade carries, DNS; told by content, not by port. Not thread-safe.
 */
final class ConnectionNotes {
    private static final int DNS_PORT = 53;

    private final Map<Long, FrameNotes> notes;

    /**
     * @param notes by frame number; added to
     */
    ConnectionNotes(Map<Long, FrameNotes> notes) {
        this.notes = notes;
    }

    void read(ConnectionStreams connection) {
        DirectionStream client = connection.fromClient();
        DirectionStream server = connection.fromServer();
        if (client.end() == 0 && server.end() == 0) {
            return;
        }
        if (connection.serverPort() == DNS_PORT) {
            dns(client);
            dns(server);
            return;
        }
        TlsDirection clientTls = TlsDecoder.decode(client, true);
        TlsDirection serverTls = TlsDecoder.decode(server, false);
        if (beginsWithTls(clientTls) || beginsWithTls(serverTls)) {
            tls(clientTls);
            tls(serverTls);
        } else if (Http2.looksLikePreface(client) || Http2.looksLikeServer(server)) {
            http2(client, server);
        } else if (!http1(client, server, connection.serverFinSeen())) {
            tls(clientTls);
            tls(serverTls);
        }
    }

    private static boolean beginsWithTls(TlsDirection direction) {
        return direction.tls() && direction.resynchronizedAt() < 0;
    }

    private FrameNotes at(DecodedPacket packet) {
        return notes.computeIfAbsent(packet.number(), frame -> new FrameNotes());
    }

    private void dns(DirectionStream stream) {
        for (DnsOverTcpMessage message : DnsDecoder.decodeTcp(stream)) {
            at(message.last()).dns().add(message.message());
        }
    }

    private void tls(TlsDirection direction) {
        if (!direction.tls()) {
            return;
        }
        for (TlsRecord record : direction.records()) {
            if (record.last() != null) {
                at(record.last()).tlsRecords().add(record);
            }
        }
        for (TlsHandshake handshake : direction.handshakes()) {
            if (handshake.record().last() != null) {
                at(handshake.record().last()).tlsHandshakes().add(handshake);
            }
        }
        for (TlsAlert alert : direction.alerts()) {
            if (alert.record().last() != null) {
                at(alert.record().last()).tlsAlerts().add(alert);
            }
        }
    }

    private void http2(DirectionStream client, DirectionStream server) {
        DirectionStream.Piece first = client.pieceAt(0);
        if (first != null && Http2.looksLikePreface(client)) {
            at(first.packet()).http2PrefaceSeen();
            http2(Http2.frames(client, 0));
        }
        if (Http2.looksLikeServer(server)) {
            http2(Http2.frames(server, 0));
        }
    }

    private void http2(List<Http2Frame> frames) {
        for (Http2Frame frame : frames) {
            if (frame.packet() != null) {
                at(frame.packet()).http2Frames().add(frame);
            }
        }
    }

    /** Whether there is any HTTP/1. */
    private boolean http1(DirectionStream client, DirectionStream server, boolean serverFinSeen) {
        List<HttpRequest> requests = Http1Decoder.requests(client);
        HttpResponses responses = Http1Decoder.responses(server, requests, serverFinSeen);
        if (responses.responses().isEmpty()) {
            // Behind the greeting of a SOCKS proxy, for example.
            responses = Http1Decoder.responses(server, 0, requests, serverFinSeen, false);
        }
        for (HttpRequest request : requests) {
            at(request.first()).httpRequests().add(request);
        }
        for (HttpResponse response : responses.responses()) {
            at(response.first()).httpResponses().add(response);
        }
        if (responses.tunnelOffset() >= 0 && responses.tunnelRequestIndex() >= 0) {
            long clientOffset = requests.get(responses.tunnelRequestIndex()).end();
            if (clientOffset >= 0) {
                tls(TlsDecoder.decode(client, clientOffset, true));
                tls(TlsDecoder.decode(server, responses.tunnelOffset(), false));
            }
        }
        return !requests.isEmpty() || !responses.responses().isEmpty();
    }
}
