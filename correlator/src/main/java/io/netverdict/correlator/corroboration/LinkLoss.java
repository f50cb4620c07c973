package io.netverdict.correlator.corroboration;

import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.context.InterfaceContext;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tcp.Segment;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The machine's own link went away while the request ran: silence after that is not the other
 * side's.
 */
final class LinkLoss implements Corroborator {
    private static final double CERTAIN = 0.97;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The kernel's message comes a moment after the fact. */
    private static final long NOTICE_NANOS = 50_000_000L;

    /** Silence of a peer that had answered: by the catalogue a peer that vanished. */
    private static final Set<Cause> SILENCE =
            EnumSet.of(
                    Cause.HTTP_NO_RESPONSE,
                    Cause.HTTP_RESPONSE_STALLED,
                    Cause.HTTP_TRANSFER_TOO_SLOW,
                    Cause.TLS_NO_RESPONSE,
                    Cause.TLS_HANDSHAKE_STALLED,
                    Cause.PROXY_NO_RESPONSE,
                    Cause.PATH_PACKET_LOSS,
                    Cause.CLIENT_ABORTED,
                    Cause.TCP_PEER_VANISHED);

    private static final Set<Cause> UNREACHED =
            EnumSet.of(
                    Cause.TCP_SYN_NO_RESPONSE,
                    Cause.TCP_HANDSHAKE_INCOMPLETE,
                    Cause.LINK_NEIGHBOR_UNRESOLVED,
                    Cause.DNS_NO_RESPONSE,
                    Cause.QUIC_NO_RESPONSE,
                    Cause.CLIENT_NOTHING_SENT);

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        boolean silence = attempt != null && SILENCE.contains(finding.cause());
        if (!silence && !UNREACHED.contains(finding.cause())) {
            return finding;
        }
        InterfaceContext.Event lost = lost(attempt, story);
        if (lost == null) {
            return finding;
        }
        List<Evidence> facts = List.of(Corroboration.evidence(told(lost, story.question())));
        if (!silence) {
            return finding.withEvidence(facts)
                    .withBlame(Blame.LOCAL_LINK)
                    .withStrength(Math.max(CERTAIN, finding.strength()));
        }
        return Finding.of(Cause.TCP_PEER_VANISHED)
                .strength(CERTAIN)
                .blame(Blame.LOCAL_LINK)
                .phase(finding.phase())
                .decidedAt(finding.decidedNanos())
                .hint(
                        "the link of "
                                + lost.name()
                                + " was lost while the request ran ("
                                + lost.what().text()
                                + "); nothing could be heard after that")
                .detail("The packets by themselves show: " + finding.hint() + ".")
                .build()
                .withEvidence(facts)
                .withEvidence(finding.evidence());
    }

    /** What took the link in the request's time for the rest of it, or null. */
    private static InterfaceContext.Event lost(Attempt attempt, RequestStory story) {
        HostContext context = story.context();
        String device = attempt == null ? "" : device(attempt, story);
        InterfaceContext.Event last = null;
        for (InterfaceContext.Event event : context.interfaceEvents()) {
            long nanos = nanos(event.at());
            boolean inTime =
                    nanos >= story.question().windowFromNanos()
                            && nanos <= story.question().deadlineNanos();
            boolean own =
                    device.isEmpty() ? !event.name().equals("lo") : event.name().equals(device);
            if (own && inTime && event.what().takesTheLink()) {
                last = event;
            }
        }
        return last != null && heardAfter(attempt, nanos(last.at())) ? null : last;
    }

    private static boolean heardAfter(Attempt attempt, long nanos) {
        if (attempt == null) {
            return false;
        }
        for (Segment segment : attempt.connection().tcp().toClient().segments()) {
            if (segment.timeNanos() > nanos + NOTICE_NANOS) {
                return true;
            }
        }
        return false;
    }

    private static String device(Attempt attempt, RequestStory story) {
        List<RecordedInterface> interfaces = story.scene().coverage().interfaces();
        int index = attempt.connection().tcp().packets().get(0).captured().interfaceIndex();
        String name = index < interfaces.size() ? interfaces.get(index).name() : "";
        return name.substring(name.indexOf('/') + 1);
    }

    private static String told(InterfaceContext.Event lost, Question question) {
        long before = question.occurredNanos() - nanos(lost.at());
        return lost.name()
                + ": "
                + lost.what().text()
                + (before >= 0
                        ? " " + Figures.span(before) + " before the error"
                        : " at the time of the error");
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * NANOS_PER_SECOND + at.getNano();
    }
}
