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
                gap(tcp, tcp.toServer(), tcp.toClient())
                        || gap(tcp, tcp.toClient(), tcp.toServer()),
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

    private static boolean gap(TcpConnection tcp, TcpDirection data, TcpDirection acknowledging) {
        long acknowledged = -1;
        for (Segment segment : acknowledging.segments()) {
            if (!segment.rst()) {
                acknowledged = Math.max(acknowledged, segment.ackOffset());
            }
        }
        long covered = acknowledged;
        long before = tcp.startSeen() ? 0 : sentBefore(tcp, data == tcp.toServer());
        // A FIN takes a number of its own.
        return acknowledged > data.highestSent() + 1
                || data.holes().stream()
                        .anyMatch(hole -> hole.to() <= covered && hole.to() > before);
    }

    /**
     * How far a side had sent when the recording began, as its first data and the first answers to
     * them show: what is missing below may have been under way or there already, out of order.
     */
    private static long sentBefore(TcpConnection tcp, boolean client) {
        long before = 0;
        long seen = -1;
        for (Segment segment : tcp.segments()) {
            if (segment.fromClient() != client) {
                long known = segment.ackOffset();
                for (Segment.Range range : segment.sacked()) {
                    known = Math.max(known, range.to());
                }
                if (seen >= 0 && known <= seen) {
                    return before;
                }
                before = Math.max(before, known);
            } else if (segment.carriesData()) {
                before = segment.offset() > seen ? Math.max(before, segment.offset()) : before;
                seen = Math.max(seen, segment.end());
            }
        }
        return before;
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
