package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import java.util.List;

/** {@code tls.closed-in-handshake}: FIN or RST during the handshake without an alert. */
public final class ClosedInHandshakeRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (c.tls().isEmpty() || c.tls().get().clientHello().isEmpty()) {
            return List.of();
        }
        TlsSession tls = c.tls().get();
        Segment close = c.tcp().toClient().close();
        if (close == null || close.timeNanos() > c.deadlineNanos() || tls.handshakeDone()) {
            return List.of();
        }
        Segment clientClose = c.tcp().toServer().close();
        boolean serverFirst = clientClose == null || close.number() < clientClose.number();
        boolean alerts =
                !tls.fatalAlerts(false).isEmpty()
                        || !tls.fatalAlerts(true).isEmpty()
                        || !tls.hiddenAlerts(true).isEmpty();
        boolean speaksOther = c.session().malformedSample().isPresent();
        if (!serverFirst || alerts || speaksOther) {
            return List.of();
        }
        ClientHello hello = tls.clientHello().get();
        boolean foreign = close.rst() && new ResetFingerprint(c, close).foreign();
        long after =
                close.timeNanos()
                        - (hello.record().first() == null
                                ? c.tcp().firstNanos()
                                : hello.record().first().timeNanos());
        boolean cut = HandshakeCut.isIn(c);
        boolean answered = tls.serverHello().isPresent() || cut;
        String name = hello.serverName();
        return List.of(
                Finding.of(Cause.TLS_CLOSED_IN_HANDSHAKE)
                        .strength(cut ? HandshakeCut.AT_MOST : foreign ? 0.8 : 0.95)
                        .blame(foreign ? Blame.PATH : Blame.SERVER)
                        .decidedAt(close.timeNanos())
                        .hint(
                                c.peer()
                                        + " closed with "
                                        + (close.rst() ? "RST" : "FIN")
                                        + " "
                                        + Figures.span(after)
                                        + " after the ClientHello"
                                        + (name == null ? "" : " for " + name)
                                        + ", no alert")
                        .detail(
                                (answered
                                                ? "The server's answer had begun. "
                                                : "Not one byte of an answer came. ")
                                        + (c.tunnelled()
                                                ? "Behind the proxy's tunnel it cannot be seen whether the"
                                                        + " server or the proxy closed. "
                                                : "")
                                        + "A filter for the name, a load balancer without a back end, or a"
                                        + " server that refuses silently does this."
                                        + (cut ? " " + HandshakeCut.DETAIL : ""))
                        .evidencePacket("the ClientHello", hello.record().first())
                        .evidence("the close, TTL " + close.packet().ip().hopLimit(), close)
                        .build());
    }
}
