package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code http.response-stalled} and {@code http.transfer-too-slow}: a response (or an upload) that
 * was not whole when the time ran out, silent at the end or still flowing.
 */
public final class HttpTransferRule implements ConnectionRule {
    private static final long MIN_SILENCE_NANOS = 1_000_000_000L;

    /** Silence this much longer than the longest gap before it is a stall. */
    private static final int STALL_FACTOR = 3;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Exchange exchange = c.exchange();
        if (exchange == null) {
            return List.of();
        }
        long giveUp = c.giveUpNanos();
        Segment close = c.tcp().toClient().close();
        if (close != null && close.timeNanos() < giveUp) {
            return List.of();
        }
        boolean answered = exchange.answered() && exchange.responseFirst().timeNanos() <= giveUp;
        if (!answered) {
            return upload(c, exchange, giveUp);
        }
        boolean partial = exchange.completion() == Exchange.Completion.PARTIAL;
        boolean unknown = exchange.completion() == Exchange.Completion.UNKNOWN;
        if (!partial && !(unknown && c.question().saysTimeout())) {
            return List.of();
        }
        Arrival arrival = Arrival.of(c.tcp().toClient(), giveUp);
        List<Segment> data =
                c.tcp().toClient().data().stream()
                        .filter(s -> s.timeNanos() >= exchange.responseFirst().timeNanos())
                        .filter(s -> s.timeNanos() <= giveUp)
                        .toList();
        if (data.isEmpty()) {
            return List.of();
        }
        Segment last = data.get(data.size() - 1);
        long silence = c.waitedSince(last.timeNanos());
        long longestGap = longestGap(data);
        boolean stalled = silence >= MIN_SILENCE_NANOS && silence > STALL_FACTOR * longestGap;
        String progress =
                Figures.bytes(
                                exchange.bodySeen() >= 0
                                        ? exchange.bodySeen()
                                        : exchange.responseSeen())
                        + (exchange.bodyAnnounced() > 0
                                ? " of " + Figures.bytes(exchange.bodyAnnounced())
                                : "");
        if (stalled) {
            return List.of(
                    Finding.of(Cause.HTTP_RESPONSE_STALLED)
                            .strength(arrival.hole() == null ? partial ? 0.95 : 0.85 : 0.5)
                            .blame(c.peerBlame())
                            .phase(Phase.RESPONSE)
                            .decidedAt(giveUp)
                            .hint(
                                    c.peer()
                                            + " sent "
                                            + progress
                                            + " and then nothing for "
                                            + Figures.span(silence)
                                            + "; nothing was lost")
                            .detail(
                                    "The longest pause before was "
                                            + Figures.span(longestGap)
                                            + ". There is no gap in the server's stream: it simply sent no"
                                            + " more.")
                            .evidencePacket("the response begins", exchange.responseFirst())
                            .evidence("its last bytes, then silence", last)
                            .build());
        }
        return List.of(
                tooSlow(c, exchange, data, progress, giveUp).withStrength(partial ? 0.92 : 0.65));
    }

    private static Finding tooSlow(
            ConnectionCase c, Exchange exchange, List<Segment> data, String progress, long giveUp) {
        long span = c.waitedSince(exchange.responseFirst().timeNanos());
        QueueingDelay delay = QueueingDelay.of(data);
        boolean path = delay.grows();
        return Finding.of(Cause.HTTP_TRANSFER_TOO_SLOW)
                .strength(0.92)
                .blame(path ? c.pathBlame() : c.peerBlame())
                .phase(Phase.RESPONSE)
                .decidedAt(giveUp)
                .hint(
                        "the response from "
                                + c.peer()
                                + " was still flowing: "
                                + progress
                                + " in "
                                + Figures.span(span)
                                + " ("
                                + Figures.rate(exchange.responseSeen(), span)
                                + ")")
                .detail(delay.describe())
                .evidencePacket("the response begins", exchange.responseFirst())
                .evidence("the last bytes before the time ran out", data.get(data.size() - 1))
                .build();
    }

    private static List<Assessment> upload(ConnectionCase c, Exchange exchange, long giveUp) {
        List<Segment> sent =
                c.tcp().toServer().data().stream()
                        .filter(s -> s.end() > exchange.requestOffset() && s.timeNanos() <= giveUp)
                        .toList();
        if (exchange.requestComplete() && !exchange.encrypted() || sent.size() < 8) {
            return List.of();
        }
        long acked = c.tcp().toServer().ackedAt(giveUp);
        Segment lastAck = null;
        for (Segment segment : c.tcp().toClient().segments()) {
            if (segment.timeNanos() <= giveUp && segment.ackOffset() == acked) {
                lastAck = lastAck == null ? segment : lastAck;
            }
        }
        boolean flowing =
                lastAck != null
                        && giveUp - lastAck.timeNanos() < MIN_SILENCE_NANOS
                        && acked < exchange.requestEnd();
        if (!flowing) {
            return List.of();
        }
        long span = c.waitedSince(exchange.startedNanos());
        return List.of(
                Finding.of(Cause.HTTP_TRANSFER_TOO_SLOW)
                        .strength(0.8)
                        .blame(Blame.PATH)
                        .phase(Phase.REQUEST)
                        .decidedAt(giveUp)
                        .hint(
                                "the upload to "
                                        + c.peer()
                                        + " was still flowing: "
                                        + Figures.bytes(acked - exchange.requestOffset())
                                        + " acknowledged in "
                                        + Figures.span(span)
                                        + " ("
                                        + Figures.rate(acked - exchange.requestOffset(), span)
                                        + ")")
                        .evidencePacket("the request begins", exchange.requestFirst())
                        .evidence("the last progress", lastAck)
                        .build());
    }

    private static long longestGap(List<Segment> data) {
        long longest = 0;
        for (int i = 1; i < data.size(); i++) {
            longest = Math.max(longest, data.get(i).timeNanos() - data.get(i - 1).timeNanos());
        }
        return longest;
    }
}
