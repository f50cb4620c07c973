package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Repairs;
import io.netverdict.correlator.tcp.Segment;
import java.util.ArrayList;
import java.util.List;

/** {@code path.packet-loss}: loss of mixed sizes, with progress, beyond a few per cent. */
public final class PacketLossRule implements ConnectionRule {
    private static final double NOTICEABLE_RATE = 0.04;
    private static final double HIGH_RATE = 0.08;
    private static final int MIN_EVENTS = 4;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (!c.tcp().established()) {
            return List.of();
        }
        long until = c.giveUpNanos();
        List<Segment> sent =
                c.tcp().toServer().data().stream().filter(s -> s.timeNanos() <= until).toList();
        // What never gets through at all is another cause; loss is what was made good later.
        long acked = c.tcp().toServer().ackedAt(until);
        Repairs repairs = Repairs.of(c.tcp());
        List<Segment> sentAgain =
                repairs.toServer().stream()
                        .filter(s -> s.timeNanos() <= until && s.end() <= acked)
                        .toList();
        List<Segment> received =
                c.tcp().toClient().data().stream().filter(s -> s.timeNanos() <= until).toList();
        List<Segment> late =
                repairs.toClient().stream().filter(s -> s.timeNanos() <= until).toList();
        int events = sentAgain.size() + late.size();
        if (events < MIN_EVENTS) {
            return List.of();
        }
        long carried = sent.stream().filter(s -> s.end() <= acked).count() + received.size();
        double rate = carried == 0 ? 0 : (double) events / carried;
        if (rate < NOTICEABLE_RATE) {
            return List.of(
                    new Rejection(
                            Cause.PATH_PACKET_LOSS,
                            "only "
                                    + Figures.percent(Math.max(0, rate))
                                    + " of the segments were lost here and there"));
        }
        Exchange exchange = c.exchange();
        boolean uploading =
                exchange == null || !exchange.answered() && sentAgain.size() > late.size();
        List<Segment> cited = new ArrayList<>(sentAgain.subList(0, Math.min(12, sentAgain.size())));
        cited.addAll(late.subList(0, Math.min(12, late.size())));
        return List.of(
                Finding.of(Cause.PATH_PACKET_LOSS)
                        .strength(rate >= HIGH_RATE ? 0.93 : 0.75)
                        .blame(c.pathBlame())
                        .phase(uploading ? Phase.REQUEST : Phase.RESPONSE)
                        .decidedAt(until)
                        .hint(
                                "the path to "
                                        + c.peer()
                                        + " loses about "
                                        + Figures.percent(rate)
                                        + " of the packets ("
                                        + events
                                        + " of "
                                        + carried
                                        + " segments)")
                        .detail(
                                "Losses hit small and large segments alike and the transfer still made"
                                        + " progress, only far too slowly.")
                        .evidence(
                                sentAgain.size()
                                        + " of the client's "
                                        + sent.size()
                                        + " data segments repeat what was lost; "
                                        + late.size()
                                        + " of the server's "
                                        + received.size()
                                        + " fill a gap left earlier",
                                cited)
                        .build());
    }
}
