package io.netverdict.correlator.survey;

import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpConnection;
import io.netverdict.correlator.tcp.TcpDirection;

/**
 * How a connection went, as far as it decides whether a finding stands without a client's words.
 *
 * @param oneSided whether the recording shows only one of two directions that both were used
 * @param gap whether something was acknowledged that the recording does not show, so that absence
 *     proves nothing
 * @param close the first FIN or RST, or null
 */
record Course(boolean oneSided, boolean gap, Segment close) {

    static Course of(TcpConnection tcp) {
        return new Course(
                oneSided(tcp),
                gap(tcp.toServer(), tcp.toClient()) || gap(tcp.toClient(), tcp.toServer()),
                tcp.firstClose());
    }

    /** The client acknowledges what is not there, or only the server is heard. */
    private static boolean oneSided(TcpConnection tcp) {
        if (tcp.toServer().segments().isEmpty()) {
            return true;
        }
        return tcp.toClient().segments().isEmpty()
                && tcp.toServer().segments().stream().anyMatch(s -> s.tcp().ack() && !s.rst());
    }

    private static boolean gap(TcpDirection data, TcpDirection acknowledging) {
        long acknowledged = -1;
        for (Segment segment : acknowledging.segments()) {
            if (!segment.rst()) {
                acknowledged = Math.max(acknowledged, segment.ackOffset());
            }
        }
        long covered = acknowledged;
        // A FIN takes a number of its own.
        return acknowledged > data.highestSent() + 1
                || data.holes().stream().anyMatch(hole -> hole.to() <= covered);
    }

    boolean closedByClient() {
        return close != null && close.fromClient();
    }

    boolean open() {
        return close == null;
    }

    /** Whether a request was out and its response not known to be whole. */
    static boolean waiting(Exchange exchange) {
        return exchange != null
                && (exchange.completion() == Exchange.Completion.NONE
                        || exchange.completion() == Exchange.Completion.PARTIAL);
    }
}
