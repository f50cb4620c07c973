package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code tcp.reset-by-peer} and {@code tcp.reset-by-middlebox}: a RST in the server's name after
 * the handshake.
 */
public final class ResetRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (!c.tcp().established()) {
            return List.of();
        }
        Segment rst = c.tcp().toClient().rst();
        if (rst == null || rst.timeNanos() > c.deadlineNanos()) {
            return List.of();
        }
        Segment earlier = c.tcp().firstClose();
        ResetFingerprint fingerprint = new ResetFingerprint(c, rst);
        if (earlier != null && earlier.number() < rst.number() && !fingerprint.foreign()) {
            // Whoever closed first decided; a RST behind that only tidies up.
            return List.of();
        }
        Exchange exchange = c.exchange();
        Phase phase =
                exchange == null ? c.tls().isPresent() ? Phase.TLS : Phase.REQUEST : Phase.RESPONSE;
        long idle = c.idleBefore(rst);
        String when = when(c, rst, exchange);
        if (fingerprint.foreign()) {
            return List.of(
                    Finding.of(Cause.TCP_RESET_BY_MIDDLEBOX)
                            .strength(fingerprint.clues().size() > 1 ? 0.96 : 0.91)
                            .phase(phase)
                            .decidedAt(rst.timeNanos())
                            .hint(
                                    "RST in the name of "
                                            + c.tcp().server()
                                            + " "
                                            + when
                                            + " is not the server's: "
                                            + fingerprint.clues().get(0))
                            .detail(
                                    "Somebody on the path reset the connection in the server's name: "
                                            + String.join("; ", fingerprint.clues())
                                            + ".")
                            .evidence("the RST: " + String.join("; ", fingerprint.clues()), rst)
                            .evidence(
                                    "packets of the server itself to compare",
                                    fingerprint.contradicting().isEmpty()
                                            ? c.tcp().toClient().segments().stream()
                                                    .filter(s -> !s.rst())
                                                    .limit(3)
                                                    .toList()
                                            : fingerprint.contradicting())
                            .build(),
                    new Rejection(
                            Cause.TCP_RESET_BY_PEER, "the RST is not like the peer's packets"));
        }
        return List.of(
                Finding.of(Cause.TCP_RESET_BY_PEER)
                        .strength(inCutHandshake(c) ? HandshakeCut.AT_MOST : 0.93)
                        .blame(c.peerBlame() == Blame.PROXY ? Blame.PROXY : Blame.SERVER)
                        .phase(phase)
                        .decidedAt(rst.timeNanos())
                        .hint(c.peer() + " reset the connection " + when)
                        .detail(
                                "The RST has the TTL of the server's other packets ("
                                        + rst.packet().ip().hopLimit()
                                        + "), so the server's host sent it: its process aborted or"
                                        + " crashed, or closed with data unread. The connection had been"
                                        + " quiet for "
                                        + Figures.span(idle)
                                        + " before it.")
                        .evidence("RST of the server " + when, rst)
                        .build(),
                new Rejection(
                        Cause.TCP_RESET_BY_MIDDLEBOX,
                        "the RST has the TTL of the server's other packets"));
    }

    private static boolean inCutHandshake(ConnectionCase c) {
        return HandshakeCut.isIn(c) && c.tls().stream().noneMatch(TlsSession::handshakeDone);
    }

    private static String when(ConnectionCase c, Segment rst, Exchange exchange) {
        if (exchange == null) {
            return Figures.span(rst.timeNanos() - c.tcp().firstNanos()) + " after the SYN";
        }
        if (exchange.answered() && exchange.responseFirst().timeNanos() <= rst.timeNanos()) {
            return "in the middle of the response, after " + Figures.bytes(exchange.responseSeen());
        }
        long afterRequest = rst.timeNanos() - exchange.startedNanos();
        return Figures.span(Math.abs(afterRequest))
                + (afterRequest < 0 ? " before the request" : " after the request");
    }
}
