package io.netverdict.correlator.rules;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.List;
import java.util.Locale;

/** {@code network.healthy}: the request and its response were exchanged in full and in time. */
public final class HealthyRule implements ConnectionRule {
    private static final double PAGE_IN_THE_CLEAR = 0.85;

    /** The head's rest may announce more than came, or send the client elsewhere. */
    private static final double HEAD_CUT = 0.6;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Exchange exchange = c.exchange();
        if (exchange != null && exchange.encrypted() && !exchange.answered()) {
            return smallResponse(c, exchange);
        }
        if (exchange == null
                || !exchange.answered()
                || exchange.responseLast().timeNanos() > c.deadlineNanos()) {
            return List.of();
        }
        boolean complete = exchange.completion() == Exchange.Completion.COMPLETE;
        boolean unknown = exchange.completion() == Exchange.Completion.UNKNOWN;
        if (!complete && !unknown) {
            return List.of(new Rejection(Cause.NETWORK_HEALTHY, "the response is not complete"));
        }
        if (exchange.status() >= 400) {
            return List.of(
                    new Rejection(Cause.NETWORK_HEALTHY, "the status is " + exchange.status()));
        }
        boolean content = c.question().says(Complaint.CONTENT_COMPLAINT);
        boolean silent =
                c.question().facts().complaints().equals(java.util.Set.of(Complaint.UNKNOWN));
        double strength = strength(complete, content, silent);
        if (content && pageInTheClear(exchange)) {
            strength = Math.min(strength, PAGE_IN_THE_CLEAR);
        }
        boolean headCut = exchange.response() != null && exchange.response().headEnd() < 0;
        if (headCut) {
            strength = Math.min(strength, HEAD_CUT);
        }
        long took = exchange.responseLast().timeNanos() - exchange.startedNanos();
        return List.of(
                Finding.of(Cause.NETWORK_HEALTHY)
                        .strength(strength)
                        .decidedAt(exchange.responseLast().timeNanos())
                        .hint(
                                exchange.describe()
                                        + " to "
                                        + c.peer()
                                        + (headCut
                                                ? " was answered, how is recorded in part"
                                                : " was answered in full")
                                        + (exchange.status() > 0
                                                ? " (" + exchange.status() + ")"
                                                : "")
                                        + " in "
                                        + Figures.span(took)
                                        + ": not the network's fault")
                        .detail(
                                "Request and response ("
                                        + Figures.bytes(exchange.responseSeen())
                                        + ") went through; look at what the program did with them.")
                        .evidencePacket("the request", exchange.requestFirst())
                        .evidencePacket(
                                "the response" + (complete ? ", complete" : ""),
                                exchange.responseFirst(),
                                exchange.responseLast())
                        .build());
    }

    private static double strength(boolean complete, boolean content, boolean silent) {
        if (content) {
            return complete ? 0.95 : 0.9;
        }
        if (silent) {
            return complete ? 0.8 : 0.7;
        }
        return complete ? 0.55 : 0.4;
    }

    /** A page given to plain HTTP may be somebody else's: a portal cannot be excluded. */
    private static boolean pageInTheClear(Exchange exchange) {
        return !exchange.encrypted()
                && exchange.response() != null
                && exchange.response()
                        .header("Content-Type")
                        .map(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                        .orElse(false);
    }

    /**
     * A client that complains of content did get a response: one so small and early that it looked
     * like session tickets.
     */
    private static List<Assessment> smallResponse(ConnectionCase c, Exchange exchange) {
        List<DecodedPacket> after =
                c.tls().stream()
                        .flatMap(tls -> tls.serverApplicationData().stream())
                        .map(TlsRecord::first)
                        .filter(p -> p != null && p.timeNanos() > exchange.startedNanos())
                        .filter(p -> p.timeNanos() <= c.deadlineNanos())
                        .toList();
        if (after.isEmpty() || !c.question().says(Complaint.CONTENT_COMPLAINT)) {
            return List.of();
        }
        DecodedPacket last = after.get(after.size() - 1);
        return List.of(
                Finding.of(Cause.NETWORK_HEALTHY)
                        .strength(0.75)
                        .decidedAt(last.timeNanos())
                        .hint(
                                "a small encrypted response came from "
                                        + c.peer()
                                        + " within "
                                        + Figures.span(last.timeNanos() - exchange.startedNanos())
                                        + ": not the network's fault")
                        .evidencePacket("the request (encrypted)", exchange.requestFirst())
                        .evidencePackets("the server's records behind it", after)
                        .build());
    }
}
