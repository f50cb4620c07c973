package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import java.util.List;
import java.util.Optional;

/**
 * {@code tls.client-hello-dropped}: the ClientHello is retransmitted without an ACK although the
 * TCP handshake worked.
 */
public final class ClientHelloDroppedRule implements ConnectionRule {
    private static final int DEFAULT_SEGMENT_BYTES = 1448;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Optional<ClientHello> hello = c.tls().flatMap(TlsSession::clientHello);
        if (hello.isEmpty() || !c.tcp().established()) {
            return List.of();
        }
        Delivery delivery =
                Delivery.of(c.tcp().toServer(), c.tcp().toClient().segments(), c.giveUpNanos());
        long helloOffset = hello.get().record().offset();
        boolean helloStuck =
                delivery.attempts() > 0
                        && delivery.ackedEnd() >= helloOffset
                        && delivery.ackedEnd() < hello.get().record().end();
        if (!helloStuck) {
            return List.of(
                    new Rejection(
                            Cause.TLS_CLIENT_HELLO_DROPPED, "the ClientHello was acknowledged"));
        }
        boolean synAckRepeated = c.tcp().synAcks().size() > 1;
        if (delivery.attempts() < 2 || synAckRepeated) {
            return List.of();
        }
        int helloBytes = hello.get().length() + 9;
        int segment =
                c.tcp().serverMaximumSegmentSize() > 0
                        ? c.tcp().serverMaximumSegmentSize()
                        : DEFAULT_SEGMENT_BYTES;
        boolean twoSegments = helloBytes > segment - 12;
        String name = hello.get().serverName();
        return List.of(
                Finding.of(Cause.TLS_CLIENT_HELLO_DROPPED)
                        .strength(delivery.attempts() >= 3 ? 0.94 : 0.8)
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                "the ClientHello"
                                        + (name == null ? "" : " for " + name)
                                        + " ("
                                        + helloBytes
                                        + " bytes) was sent "
                                        + delivery.attempts()
                                        + " times to "
                                        + c.peer()
                                        + " and never acknowledged")
                        .detail(
                                twoSegments
                                        ? "The TCP handshake works and the ClientHello needs two segments, as"
                                                + " post-quantum key shares make it: a box on the way drops"
                                                + " what it cannot read in one."
                                        : "The TCP handshake works and the ClientHello is small enough for any"
                                                + " path: a box on the way drops it for the server's name"
                                                + " or the client's fingerprint.")
                        .evidence(
                                "ClientHello sent at "
                                        + Figures.times(
                                                delivery.firstLost(), delivery.firstSentNanos())
                                        + ", no ACK"
                                        + (twoSegments ? "; it needs two segments" : ""),
                                delivery.firstLost())
                        .evidence("the TCP handshake had worked", handshake(c))
                        .build());
    }

    private static List<Segment> handshake(ConnectionCase c) {
        return c.tcp().segments().stream().limit(3).toList();
    }
}
