package io.netverdict.correlator.survey;

import io.netverdict.correlator.errortext.ErrorFacts;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The question where nobody asked: no words, no host, and the time at which it was over. */
final class NeutralQuestion {
    /** A client that sent one SYN and no other by then has given up or never cared. */
    private static final long FIRST_RETRY_NANOS = 3_000_000_000L;

    /** On a connection that nobody closed nothing is awaited for longer than this. */
    private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;

    private NeutralQuestion() {}

    /** A question about what was over at some time. */
    static Question at(long endNanos, Set<String> hosts) {
        return of(ErrorReport.of(""), endNanos, hosts);
    }

    /** A question with a report that stands for the one nobody made. */
    static Question of(ErrorReport report, long endNanos, Set<String> hosts) {
        return new Question(
                report,
                ErrorFacts.NONE,
                hosts,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                endNanos,
                endNanos,
                false,
                -1,
                -1);
    }

    /**
     * A question about a connection.
     *
     * @param recordedUntilNanos how long the recording is known to have gone on after it
     */
    static Question about(TcpConnection tcp, long recordedUntilNanos) {
        return at(endOf(tcp, recordedUntilNanos), Set.of());
    }

    private static long endOf(TcpConnection tcp, long recordedUntilNanos) {
        if (tcp.firstClose() != null) {
            return tcp.lastNanos();
        }
        if (!tcp.toClient().segments().isEmpty()) {
            return Math.max(
                    tcp.lastNanos(),
                    Math.min(recordedUntilNanos, tcp.lastNanos() + LONGEST_WAIT_NANOS));
        }
        // Nobody knows how long a client waits for its SYN: until the next one would have come.
        List<Segment> sent = tcp.toServer().segments();
        long gap =
                sent.size() < 2
                        ? FIRST_RETRY_NANOS
                        : tcp.lastNanos() - sent.get(sent.size() - 2).timeNanos();
        long patience = Math.min(LONGEST_WAIT_NANOS, sent.size() < 2 ? FIRST_RETRY_NANOS : gap);
        return Math.max(tcp.lastNanos(), Math.min(recordedUntilNanos, tcp.lastNanos() + patience));
    }
}
