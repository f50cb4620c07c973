package io.netverdict.correlator.story;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code http.captive-portal} without a redirect: a page given to plain HTTP by somebody whose
 * packets are not like the host's other ones (hop limit, round trip).
 */
public final class ForeignAnswerRule implements StoryRule {
    private static final long CLEARLY_NEARER_NANOS = 5_000_000L;

    @Override
    public List<Assessment> assess(RequestStory story) {
        if (!story.question().says(Complaint.CONTENT_COMPLAINT)) {
            return List.of();
        }
        List<Assessment> found = new ArrayList<>();
        for (RequestStory.Attempt attempt : story.attempts()) {
            ConnectionCase c = attempt.connection();
            Exchange exchange = c.exchange();
            boolean page =
                    exchange != null
                            && exchange.status() == 200
                            && exchange.response()
                                    .header("Content-Type")
                                    .map(t -> t.toLowerCase(Locale.ROOT).contains("html"))
                                    .orElse(false);
            if (!page || attempt.belonging() < 0.5 || c.toProxy()) {
                continue;
            }
            for (TcpConnection other : story.scene().connections()) {
                String difference = difference(c.tcp(), other);
                if (difference != null) {
                    found.add(finding(c, exchange, other, difference));
                    break;
                }
            }
        }
        return found;
    }

    /** How the same address answered otherwise on another port, or null. */
    private static String difference(TcpConnection one, TcpConnection other) {
        boolean comparable =
                other.server().address().equals(one.server().address())
                        && other.server().port() != one.server().port()
                        && !one.synAcks().isEmpty()
                        && !other.synAcks().isEmpty();
        if (!comparable) {
            return null;
        }
        int hops = one.synAcks().get(0).packet().ip().hopLimit();
        int otherHops = other.synAcks().get(0).packet().ip().hopLimit();
        boolean nearer =
                one.roundTripNanos() >= 0
                        && one.roundTripNanos() * 3 < other.roundTripNanos()
                        && other.roundTripNanos() - one.roundTripNanos() > CLEARLY_NEARER_NANOS;
        if (hops == otherHops || !nearer) {
            return null;
        }
        return "TTL "
                + hops
                + " and a round trip of "
                + Figures.span(one.roundTripNanos())
                + ", where port "
                + other.server().port()
                + " of the same host has TTL "
                + otherHops
                + " and "
                + Figures.span(other.roundTripNanos());
    }

    private static Finding finding(
            ConnectionCase c, Exchange exchange, TcpConnection other, String difference) {
        Segment synAck = c.tcp().synAcks().get(0);
        return Finding.of(Cause.HTTP_CAPTIVE_PORTAL)
                .strength(0.9)
                .phase(Phase.RESPONSE)
                .decidedAt(exchange.responseLast().timeNanos())
                .hint(
                        "the page for "
                                + exchange.describe()
                                + " came from somebody nearer than "
                                + c.tcp().server()
                                + ": a captive portal, not the server")
                .detail("The answer has " + difference + ".")
                .evidencePacket("the answer: " + difference, exchange.responseFirst())
                .evidence("SYN-ACKs to compare", synAck, other.synAcks().get(0))
                .build();
    }
}
