package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.tcp.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code tcp.unreachable}, {@code tcp.admin-prohibited}, {@code path.ttl-exceeded}: an ICMP error
 * from the path about the client's packets, on a connection that got nowhere after it.
 */
public final class IcmpConnectRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        List<Assessment> found = new ArrayList<>();
        add(
                c,
                Cause.TCP_ADMIN_PROHIBITED,
                c.icmpErrors().stream().filter(IcmpError::prohibited).toList(),
                found);
        add(
                c,
                Cause.TCP_UNREACHABLE,
                c.icmpErrors().stream().filter(e -> e.unreachable() && !e.prohibited()).toList(),
                found);
        add(
                c,
                Cause.PATH_TTL_EXCEEDED,
                c.icmpErrors().stream().filter(IcmpError::hopLimitExceeded).toList(),
                found);
        return found;
    }

    private static void add(
            ConnectionCase c, Cause cause, List<IcmpError> errors, List<Assessment> found) {
        List<IcmpError> fromPath = errors.stream().filter(e -> !e.byOwnHost()).toList();
        if (fromPath.isEmpty()) {
            return;
        }
        IcmpError first = fromPath.get(0);
        boolean neverUp = c.tcp().toClient().segments().isEmpty();
        boolean answeredLater =
                c.tcp().toClient().segments().stream()
                        .anyMatch(
                                s ->
                                        s.timeNanos() > first.packet().timeNanos()
                                                && s.timeNanos() <= c.giveUpNanos());
        if (answeredLater) {
            return;
        }
        Segment cited = null;
        for (Segment segment : c.tcp().toServer().segments()) {
            if (segment.timeNanos() <= first.packet().timeNanos()) {
                cited = segment;
            }
        }
        long trip = cited == null ? 0 : first.packet().timeNanos() - cited.timeNanos();
        // On an established connection an unreachable is a soft error (RFC 1122 4.2.3.9).
        double strength = neverUp ? 0.97 : 0.7;
        long decided =
                neverUp ? fromPath.get(fromPath.size() - 1).packet().timeNanos() : c.giveUpNanos();
        found.add(
                Finding.of(cause)
                        .strength(strength)
                        .phase(neverUp ? Phase.CONNECT : Phase.RESPONSE)
                        .blame(c.pathBlame())
                        .decidedAt(decided)
                        .hint(
                                first.reporter()
                                        + " answered for "
                                        + c.peer()
                                        + " with "
                                        + first.describe())
                        .detail(
                                "The router or firewall "
                                        + first.reporter()
                                        + " sent "
                                        + first.describe()
                                        + " about the client's packets; the destination itself never"
                                        + " answered.")
                        .evidencePackets(
                                first.describe()
                                        + " from "
                                        + first.reporter()
                                        + ", "
                                        + Figures.span(trip)
                                        + " after the packet it quotes",
                                fromPath.stream().map(IcmpError::packet).toList())
                        .evidence("the client's packets it is about", c.tcp().syns())
                        .build());
    }
}
