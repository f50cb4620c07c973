package io.netverdict.correlator.session;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.http.Http2;
import io.netverdict.correlator.http.Http2Frame;
import io.netverdict.correlator.session.Exchange.Completion;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests and responses of HTTP/2 in the clear (prior knowledge), by stream. Header fields are
 * compressed and stay unread, so these exchanges count as opaque, like encrypted ones.
 */
final class Http2Exchanges {
    private Http2Exchanges() {}

    static boolean spokenOn(TcpConnection tcp) {
        return Http2.looksLikePreface(tcp.toServer().stream());
    }

    static List<Exchange> of(TcpConnection tcp) {
        DirectionStream up = tcp.toServer().stream();
        DirectionStream down = tcp.toClient().stream();
        Map<Integer, List<Http2Frame>> requests = byStream(Http2.frames(up, 0));
        Map<Integer, List<Http2Frame>> responses = byStream(Http2.frames(down, 0));
        List<Exchange> exchanges = new ArrayList<>();
        requests.forEach(
                (stream, frames) -> {
                    if (stream > 0) {
                        exchanges.add(
                                exchange(frames, responses.getOrDefault(stream, List.of()), down));
                    }
                });
        return exchanges;
    }

    private static Map<Integer, List<Http2Frame>> byStream(List<Http2Frame> frames) {
        Map<Integer, List<Http2Frame>> streams = new LinkedHashMap<>();
        for (Http2Frame frame : frames) {
            boolean message = frame.type() == Http2Frame.HEADERS || frame.type() == Http2Frame.DATA;
            if (message && frame.packet() != null) {
                streams.computeIfAbsent(frame.streamId(), s -> new ArrayList<>()).add(frame);
            }
        }
        return streams;
    }

    private static Exchange exchange(
            List<Http2Frame> request, List<Http2Frame> response, DirectionStream down) {
        Http2Frame first = request.get(0);
        Http2Frame last = request.get(request.size() - 1);
        long seen = response.stream().mapToLong(f -> f.length()).sum();
        boolean ended = response.stream().anyMatch(Http2Frame::endsStream);
        Http2Frame tail = response.isEmpty() ? null : response.get(response.size() - 1);
        boolean whole =
                tail != null && ended && down.seen(tail.offset(), end(tail) - tail.offset());
        DecodedPacket lastPacket = tail == null ? null : lastPacket(tail, down);
        return new Exchange(
                true,
                null,
                null,
                first.offset(),
                end(last),
                first.packet(),
                last.packet(),
                true,
                response.isEmpty() ? -1 : response.get(0).offset(),
                seen,
                response.isEmpty() ? null : response.get(0).packet(),
                lastPacket,
                tail == null ? Completion.NONE : whole ? Completion.COMPLETE : Completion.PARTIAL,
                -1,
                seen);
    }

    private static long end(Http2Frame frame) {
        return frame.offset() + Http2Frame.HEADER_BYTES + frame.length();
    }

    private static DecodedPacket lastPacket(Http2Frame frame, DirectionStream down) {
        DirectionStream.Piece piece = down.pieceAt(end(frame) - 1);
        return piece == null ? frame.packet() : piece.packet();
    }
}
