package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshakeType;
import java.util.List;

/**
 * {@code tls.no-response} and {@code tls.handshake-stalled}: the ClientHello was delivered, and the
 * server says nothing, or stops in the middle.
 */
public final class TlsSilenceRule implements ConnectionRule {
    private static final long MIN_SILENCE_NANOS = 400_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (c.tls().isEmpty() || c.tls().get().clientHello().isEmpty()) {
            return List.of();
        }
        TlsSession tls = c.tls().get();
        ClientHello hello = tls.clientHello().get();
        if (tls.handshakeDone()) {
            return List.of(new Rejection(Cause.TLS_NO_RESPONSE, "the TLS handshake was completed"));
        }
        long giveUp = c.giveUpNanos();
        Segment close = c.tcp().toClient().close();
        if (close != null && close.timeNanos() < giveUp) {
            return List.of();
        }
        long acked = c.tcp().toServer().ackedAt(giveUp);
        if (acked < hello.record().end()) {
            return List.of(
                    new Rejection(Cause.TLS_NO_RESPONSE, "the ClientHello was not acknowledged"));
        }
        long tunnelFrom = c.session().tunnel().map(t -> t.serverOffset()).orElse(0L);
        List<Segment> answer =
                c.tcp().toClient().data().stream()
                        .filter(s -> s.end() > Math.max(0, tunnelFrom))
                        .toList();
        List<Segment> inTime = answer.stream().filter(s -> s.timeNanos() <= giveUp).toList();
        Segment ack = c.tcp().toServer().ackOf(hello.record().end());
        if (inTime.isEmpty()) {
            return List.of(noResponse(c, hello, ack, answer, giveUp));
        }
        Segment last = inTime.get(inTime.size() - 1);
        long silence = c.waitedSince(last.timeNanos());
        Arrival arrival = Arrival.of(c.tcp().toClient(), giveUp);
        boolean unackedFlight = c.tcp().toServer().highestSent() > acked;
        boolean refused =
                !tls.fatalAlerts(true).isEmpty()
                        || !tls.hiddenAlerts(true).isEmpty()
                        || !tls.fatalAlerts(false).isEmpty();
        if (silence < Math.max(MIN_SILENCE_NANOS, 2 * c.roundTripNanos())
                || arrival.hole() != null
                || unackedFlight
                || refused
                || !awaitsServer(tls)) {
            return List.of();
        }
        boolean cut = HandshakeCut.isIn(c);
        return List.of(
                Finding.of(Cause.TLS_HANDSHAKE_STALLED)
                        .strength(cut ? HandshakeCut.AT_MOST : 0.92)
                        .blame(
                                c.tunnelled()
                                        ? Cause.TLS_HANDSHAKE_STALLED.usualBlame()
                                        : c.peerBlame())
                        .decidedAt(giveUp)
                        .hint(
                                c.peer()
                                        + " began its TLS answer ("
                                        + Figures.bytes(c.tcp().toClient().bytesSeenBy(giveUp))
                                        + ") and then sent nothing for "
                                        + Figures.span(silence))
                        .detail(
                                "Nothing was lost on the way: no gap in the server's stream, and all the"
                                        + " client sent was acknowledged."
                                        + (cut ? " " + HandshakeCut.DETAIL : ""))
                        .evidence("the server's last bytes, then silence", last)
                        .evidence("the ClientHello was acknowledged", ack)
                        .build());
    }

    /** Whether it was the server's turn: its flight not at its end, or the client's answer out. */
    private static boolean awaitsServer(TlsSession tls) {
        boolean flightDone =
                tls.server().handshakes().stream()
                        .anyMatch(h -> h.type() == TlsHandshakeType.SERVER_HELLO_DONE.code());
        return !flightDone || tls.client().changeCipherSpecOffset() >= 0;
    }

    private static Finding noResponse(
            ConnectionCase c, ClientHello hello, Segment ack, List<Segment> late, long giveUp) {
        long waited = c.waitedSince(ack == null ? c.tcp().firstNanos() : ack.timeNanos());
        boolean briefly = waited < Math.max(MIN_SILENCE_NANOS, 2 * c.roundTripNanos());
        String name = hello.serverName();
        Finding.Builder finding =
                Finding.of(Cause.TLS_NO_RESPONSE)
                        .strength(briefly ? 0.6 : 0.95)
                        .decidedAt(giveUp)
                        .hint(
                                c.peer()
                                        + " acknowledged the ClientHello"
                                        + (name == null ? "" : " for " + name)
                                        + " and did not answer it in "
                                        + Figures.span(waited))
                        .detail(
                                "The network delivered the ClientHello; the program behind the port is"
                                        + " overloaded, hangs, or does not speak TLS.")
                        .evidencePacket(
                                "ClientHello, " + (hello.length() + 9) + " bytes",
                                hello.record().first())
                        .evidence("its acknowledgment, and not one byte after it", ack);
        if (!late.isEmpty()) {
            finding.evidence(
                    "an answer came "
                            + Figures.span(late.get(0).timeNanos() - giveUp)
                            + " after the client had given up",
                    late.get(0));
        }
        return finding.build();
    }
}
