package io.netverdict.correlator.session;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.http.HttpResponses;
import io.netverdict.correlator.session.Exchange.Completion;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;

/** Exchanges of HTTP/1.1 in the clear. */
final class ClearExchanges {
    private ClearExchanges() {}

    static List<Exchange> of(
            TcpConnection tcp, List<HttpRequest> requests, HttpResponses responses) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            HttpRequest request = requests.get(i);
            HttpResponse response = null;
            for (HttpResponse candidate : responses.responses()) {
                if (candidate.requestIndex() == i && !candidate.interim()) {
                    response = candidate;
                }
            }
            exchanges.add(exchange(tcp, request, response, nextOffset(requests, i)));
        }
        if (requests.isEmpty() && responses.responses().isEmpty()) {
            Exchange unknown = unreadable(tcp);
            if (unknown != null) {
                exchanges.add(unknown);
            }
        }
        return exchanges;
    }

    private static long nextOffset(List<HttpRequest> requests, int index) {
        return index + 1 < requests.size() ? requests.get(index + 1).offset() : Long.MAX_VALUE;
    }

    private static Exchange exchange(
            TcpConnection tcp, HttpRequest request, HttpResponse response, long next) {
        DirectionStream up = tcp.toServer().stream();
        long requestEnd =
                request.end() >= 0 ? request.end() : Math.min(next, Math.max(up.end(), 1));
        DecodedPacket last = packetBefore(up, requestEnd, request.last());
        if (response == null) {
            return new Exchange(
                    false,
                    request,
                    null,
                    request.offset(),
                    requestEnd,
                    request.first(),
                    last,
                    request.end() >= 0,
                    -1,
                    0,
                    null,
                    null,
                    Completion.NONE,
                    -1,
                    0);
        }
        DirectionStream down = tcp.toClient().stream();
        Completion completion =
                switch (response.completeness()) {
                    case COMPLETE -> Completion.COMPLETE;
                    case INCOMPLETE -> Completion.PARTIAL;
                    case UNKNOWN -> Completion.UNKNOWN;
                };
        long seenEnd = response.end() >= 0 ? response.end() : down.end();
        return new Exchange(
                false,
                request,
                response,
                request.offset(),
                requestEnd,
                request.first(),
                last,
                request.end() >= 0,
                response.offset(),
                seenEnd - response.offset(),
                response.first(),
                response.last() == null ? response.first() : response.last(),
                completion,
                Math.max(-1, response.bodyLength()),
                response.bodySeen());
    }

    /** A connection on which the client sent something that is no HTTP/1 (or it was cut off). */
    private static Exchange unreadable(TcpConnection tcp) {
        DirectionStream up = tcp.toServer().stream();
        DirectionStream down = tcp.toClient().stream();
        if (up.pieces().isEmpty()) {
            return null;
        }
        DecodedPacket first = up.pieces().get(0).packet();
        DecodedPacket last = up.pieces().get(up.pieces().size() - 1).packet();
        boolean answered = !down.pieces().isEmpty();
        return new Exchange(
                false,
                null,
                null,
                0,
                up.end(),
                first,
                last,
                true,
                answered ? 0 : -1,
                down.end(),
                answered ? down.pieces().get(0).packet() : null,
                answered ? down.pieces().get(down.pieces().size() - 1).packet() : null,
                answered ? Completion.UNKNOWN : Completion.NONE,
                -1,
                -1);
    }

    private static DecodedPacket packetBefore(
            DirectionStream stream, long end, DecodedPacket otherwise) {
        DirectionStream.Piece piece = end > 0 ? stream.pieceAt(end - 1) : null;
        return piece == null ? otherwise : piece.packet();
    }
}
