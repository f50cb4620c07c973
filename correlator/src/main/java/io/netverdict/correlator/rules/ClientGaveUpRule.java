package io.netverdict.correlator.rules;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code client.aborted}: the client closed a connection on which all went well, or its time was
 * shorter than the path's own round trips.
 */
public final class ClientGaveUpRule implements ConnectionRule {
    /** A RST that answers a SYN-ACK nobody waits for any more. */
    private static final long IMMEDIATE_NANOS = 50_000_000L;

    /** A kernel answers a segment within this time; programs are slower. */
    private static final long ANSWER_NANOS = 2_000_000L;

    /** An alert record, or one with an HTTP/2 GOAWAY and an alert behind it. */
    private static final int MAX_FAREWELL_BYTES = 90;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (!c.tcp().syns().isEmpty() && c.tcp().firstAfterHandshake() == null) {
            return whileConnecting(c);
        }
        return onOpenConnection(c);
    }

    private static List<Assessment> whileConnecting(ConnectionCase c) {
        List<Segment> synAcks = c.tcp().synAcks();
        if (synAcks.isEmpty()) {
            return List.of();
        }
        Segment syn = c.tcp().syns().get(0);
        Segment synAck = synAcks.get(0);
        Segment rst = c.tcp().toServer().rst();
        boolean refusedByClosedSocket =
                rst != null
                        && rst.timeNanos() >= synAck.timeNanos()
                        && rst.timeNanos() - synAck.timeNanos() < IMMEDIATE_NANOS;
        long gaveUp = c.question().occurredNanos();
        boolean late = synAck.timeNanos() > gaveUp - IMMEDIATE_NANOS || refusedByClosedSocket;
        if (!late) {
            return List.of();
        }
        long trip = c.tcp().roundTripNanos();
        long waited = Math.min(gaveUp, synAck.timeNanos()) - syn.timeNanos();
        boolean repeatedEarlier = c.tcp().syns().size() > 2;
        return List.of(
                Finding.of(Cause.CLIENT_ABORTED)
                        .strength(repeatedEarlier ? 0.6 : 0.95)
                        .phase(Phase.CONNECT)
                        .decidedAt(Math.min(gaveUp, synAck.timeNanos()))
                        .hint(
                                "the client gave up connecting to "
                                        + c.peer()
                                        + " after "
                                        + Figures.span(waited)
                                        + "; the round trip takes "
                                        + Figures.span(trip))
                        .detail(
                                "The SYN-ACK arrived after the client had stopped waiting: its time-out"
                                        + " is shorter than the path's own round trip.")
                        .evidence(
                                "SYN answered after "
                                        + Figures.span(trip)
                                        + ", when the client had given up",
                                syn,
                                synAck,
                                rst)
                        .build());
    }

    private static List<Assessment> onOpenConnection(ConnectionCase c) {
        Segment close = c.clientClosedFirst();
        if (close == null || close.timeNanos() > c.deadlineNanos() + IMMEDIATE_NANOS) {
            return List.of();
        }
        long trip = c.roundTripNanos();
        Exchange exchange = c.exchange();
        boolean cancelled = c.question().says(Complaint.CANCELLED);
        boolean hangUp =
                c.question().says(Complaint.CONNECTION_CLOSED, Complaint.CONNECTION_RESET)
                        && c.tcp().toClient().close() == null;
        Segment lastSent = lastSentBefore(c, close);
        long sinceLast = lastSent == null ? 0 : close.timeNanos() - lastSent.timeNanos();
        boolean withinOneTrip = trip > 0 && lastSent != null && sinceLast < trip;
        boolean answered =
                exchange != null
                        && exchange.answered()
                        && exchange.responseFirst().timeNanos() <= close.timeNanos();
        // What came only after the client gave up counts as none.
        boolean waiting =
                !answered
                        || exchange.completion() != Exchange.Completion.COMPLETE
                        || exchange.responseLast().timeNanos() > close.timeNanos();
        if (!waiting || !(cancelled || hangUp || withinOneTrip)) {
            return List.of();
        }
        boolean lost =
                c.tcp().toServer().highestAcked() < c.tcp().toServer().highestSent()
                        && sinceLast > 3 * trip;
        if (lost) {
            return List.of();
        }
        double strength =
                cancelled || hangUp && !answersServer(c, close)
                        ? 0.95
                        : withinOneTrip ? 0.9 : hangUp ? 0.6 : 0.5;
        String step =
                exchange == null
                        ? "during the handshake"
                        : answered
                                ? "while the response was flowing"
                                : "before the response could come";
        return List.of(
                Finding.of(Cause.CLIENT_ABORTED)
                        .strength(strength)
                        .phase(exchange == null ? Phase.TLS : Phase.RESPONSE)
                        .decidedAt(close.timeNanos())
                        .hint(
                                "the client itself closed the connection to "
                                        + c.peer()
                                        + " "
                                        + Figures.span(sinceLast)
                                        + " after its last packet, "
                                        + step
                                        + " (round trip "
                                        + Figures.span(trip)
                                        + ")")
                        .detail("Nothing was lost and the peer had not closed when the client did.")
                        .evidence(
                                "the client's "
                                        + (close.rst() ? "RST" : "FIN")
                                        + " is the first close of the connection",
                                close)
                        .build());
    }

    /** A RST straight after the server's data: an abort, or the own host's firewall. */
    private static boolean answersServer(ConnectionCase c, Segment close) {
        return close.rst()
                && c.tcp().toClient().data().stream()
                        .anyMatch(
                                s ->
                                        s.number() < close.number()
                                                && close.timeNanos() - s.timeNanos()
                                                        < ANSWER_NANOS);
    }

    private static Segment lastSentBefore(ConnectionCase c, Segment close) {
        Segment last = null;
        for (Segment segment : c.tcp().toServer().segments()) {
            // A close_notify or GOAWAY goes with the close; it waits for nothing.
            boolean farewell =
                    (c.tls().isPresent() || c.exchange() != null && c.exchange().encrypted())
                            && segment.length() <= MAX_FAREWELL_BYTES
                            && close.timeNanos() - segment.timeNanos() < IMMEDIATE_NANOS;
            boolean needsAnswer = segment.carriesData() && !farewell || segment.syn();
            if (segment.number() < close.number() && needsAnswer && !segment.retransmission()) {
                last = segment;
            }
        }
        return last;
    }
}
