package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/** {@code tcp.syn-no-response}: SYN and its repetitions, nothing back. */
public final class SynUnansweredRule implements ConnectionRule {
    /** RFC 6298 2.1: a SYN is repeated after one second at the earliest. */
    private static final long FIRST_REPEAT_NANOS = 900_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        List<Segment> syns =
                c.tcp().syns().stream().filter(s -> s.timeNanos() <= c.deadlineNanos()).toList();
        if (syns.isEmpty()) {
            return List.of();
        }
        long answers =
                c.tcp().toClient().segments().stream()
                        .filter(s -> s.timeNanos() <= c.deadlineNanos())
                        .count();
        if (answers > 0) {
            return List.of(
                    new Rejection(
                            Cause.TCP_SYN_NO_RESPONSE, c.tcp().server() + " did answer the SYN"));
        }
        if (c.icmpErrors().stream().anyMatch(e -> !e.byOwnHost())) {
            return List.of(
                    new Rejection(Cause.TCP_SYN_NO_RESPONSE, "an ICMP error answered the SYN"));
        }
        Segment first = syns.get(0);
        long waited =
                c.deadlineNanos()
                        - io.netverdict.correlator.scene.Question.REPORT_SLACK_NANOS
                        - first.timeNanos();
        boolean repeated = syns.size() > 1;
        double strength = repeated ? 0.97 : waited >= FIRST_REPEAT_NANOS ? 0.75 : 0.6;
        Finding.Builder finding =
                Finding.of(Cause.TCP_SYN_NO_RESPONSE)
                        .strength(strength)
                        .blame(c.pathBlame())
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                Figures.count(syns.size(), "SYN")
                                        + " to "
                                        + c.peer()
                                        + " in "
                                        + Figures.span(Math.max(0, waited))
                                        + ", no answer: dropped on the way or host down")
                        .detail(
                                "Neither a SYN-ACK, nor a RST, nor an ICMP error came back: a firewall"
                                        + " that drops silently, a host that is down behind a router,"
                                        + " or a return path that loses the answer.")
                        .evidence(
                                Figures.count(syns.size(), "SYN")
                                        + " to "
                                        + c.tcp().server()
                                        + " at "
                                        + Figures.times(syns, first.timeNanos())
                                        + ", no answer",
                                syns);
        ownHostErrors(c, finding);
        return List.of(finding.build());
    }

    private static void ownHostErrors(ConnectionCase c, Finding.Builder finding) {
        List<IcmpError> own = c.icmpErrors().stream().filter(IcmpError::byOwnHost).toList();
        if (!own.isEmpty()) {
            finding.evidencePackets(
                    "the own host says " + own.get(0).describe() + " about it",
                    own.stream().map(IcmpError::packet).toList());
        }
    }
}
