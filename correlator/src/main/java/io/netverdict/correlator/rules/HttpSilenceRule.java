package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code http.no-response}: the request was delivered in full and no byte of a response came in
 * time; {@code proxy.no-response} where a proxy owes it.
 */
public final class HttpSilenceRule implements ConnectionRule {
    private static final long MIN_WAIT_NANOS = 300_000_000L;
    private static final long AMPLE_WAIT_NANOS = 1_000_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Exchange exchange = c.exchange();
        if (exchange == null) {
            return List.of();
        }
        long giveUp = c.giveUpNanos();
        boolean answeredInTime =
                exchange.answered() && exchange.responseFirst().timeNanos() <= giveUp;
        if (answeredInTime) {
            return List.of(new Rejection(Cause.HTTP_NO_RESPONSE, "a response did come in time"));
        }
        Segment close = c.tcp().toClient().close();
        if (close != null && close.timeNanos() < giveUp) {
            return List.of();
        }
        long acked = c.tcp().toServer().ackedAt(giveUp);
        if (acked < exchange.requestEnd()) {
            return List.of(
                    new Rejection(
                            Cause.HTTP_NO_RESPONSE,
                            "the request was not acknowledged in full ("
                                    + Figures.bytes(Math.max(0, acked - exchange.requestOffset()))
                                    + " of "
                                    + Figures.bytes(
                                            exchange.requestEnd() - exchange.requestOffset())
                                    + ")"));
        }
        Segment ack = c.tcp().toServer().ackOf(exchange.requestEnd());
        long waited = c.waitedSince(ack == null ? exchange.startedNanos() : ack.timeNanos());
        boolean byProxy = c.toProxy() && !c.tunnelled();
        boolean missing =
                Arrival.of(c.tcp().toClient(), giveUp).hole() != null && !exchange.answered();
        double strength = missing ? 0.5 : strength(waited);
        Finding.Builder finding =
                Finding.of(byProxy ? Cause.PROXY_NO_RESPONSE : Cause.HTTP_NO_RESPONSE)
                        .strength(strength)
                        .blame(byProxy ? Blame.PROXY : Blame.SERVER)
                        .phase(Phase.RESPONSE)
                        .decidedAt(giveUp)
                        .hint(
                                c.peer()
                                        + " acknowledged "
                                        + exchange.describe()
                                        + " ("
                                        + Figures.bytes(
                                                exchange.requestEnd() - exchange.requestOffset())
                                        + ") and sent no response in "
                                        + Figures.span(waited))
                        .detail(
                                "The network delivered the request; the program behind the port did not"
                                        + " answer before the client gave up."
                                        + (exchange.encrypted()
                                                ? " Told from record sizes and directions, as the"
                                                        + " connection is encrypted."
                                                : ""))
                        .evidencePacket(
                                "the request"
                                        + (exchange.encrypted() ? " (encrypted records)" : ""),
                                exchange.requestFirst(),
                                exchange.requestLast())
                        .evidence("acknowledged in full, no byte of a response after it", ack);
        if (exchange.answered()) {
            finding.evidencePacket(
                    "a response came "
                            + Figures.span(exchange.responseFirst().timeNanos() - giveUp)
                            + " after the client had given up",
                    exchange.responseFirst());
        }
        return List.of(finding.build());
    }

    /** A server that was given little time may just have been on its way. */
    private static double strength(long waitedNanos) {
        if (waitedNanos < MIN_WAIT_NANOS) {
            return 0.6;
        }
        return waitedNanos < AMPLE_WAIT_NANOS ? 0.85 : 0.95;
    }
}
