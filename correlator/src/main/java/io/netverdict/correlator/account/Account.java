package io.netverdict.correlator.account;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.RecordingGap;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.FlowSummary;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands beside a verdict.
 *
 * @param error the report with what was found added
 * @param context coverage of the recording
 * @param packets the slice
 */
public record Account(
        ErrorReport error,
        List<Operation> operations,
        List<FlowSummary> flows,
        Map<String, Object> context,
        List<CapturedPacket> packets) {
    /** In the context: how many attempts like those that are told are not. */
    public static final String ATTEMPTS_LEFT_OUT = "attemptsLeftOut";

    private static final double SURE_BELONGING = 0.45;

    /**
     * @param decisive the attempt the verdict is about, or null
     * @param evidence the verdict's
     */
    public static Account of(RequestStory story, Attempt decisive, List<Evidence> evidence) {
        List<Attempt> belonging =
                story.attempts().stream()
                        .filter(
                                a ->
                                        a == decisive
                                                || story.identified()
                                                        && a.belonging() >= SURE_BELONGING)
                        .toList();
        List<Attempt> attempts =
                LikeAttempts.nearest(belonging, decisive, story.question().occurredNanos());
        RequestStory own = story.identified() ? story : onlyAbout(story, decisive);
        Flows flows = new Flows(own, attempts);
        return new Account(
                enriched(story, decisive),
                Operations.of(own, attempts, flows),
                flows.summaries(),
                context(story.scene().coverage(), belonging.size() - attempts.size()),
                SliceSelector.select(own, attempts, evidence));
    }

    /** Without a host in the report only lookups that gave the decisive address belong to it. */
    private static RequestStory onlyAbout(RequestStory story, Attempt decisive) {
        var address = decisive == null ? null : decisive.connection().tcp().server().address();
        var names =
                address == null
                        ? java.util.Set.<String>of()
                        : story.scene().names().namesOf(address);
        return new RequestStory(
                story.question(),
                story.scene(),
                story.attempts(),
                story.lookups().stream()
                        .filter(q -> decisive == null || names.contains(q.name()))
                        .toList(),
                names,
                story.identified());
    }

    private static ErrorReport enriched(RequestStory story, Attempt decisive) {
        Question question = story.question();
        ErrorReport report = question.report();
        String url = report.url();
        if (url == null) {
            url = question.facts().target().url().orElse(null);
        }
        String local = report.local();
        String remote = report.remote();
        if (decisive != null) {
            local = local == null ? decisive.connection().tcp().client().toString() : local;
            remote = remote == null ? decisive.connection().tcp().server().toString() : remote;
        }
        return new ErrorReport(
                report.message(),
                url,
                report.method(),
                report.occurredAt() == null
                        ? Times.instant(question.occurredNanos())
                        : report.occurredAt(),
                report.startedAt(),
                local,
                remote,
                report.proxy(),
                report.client(),
                report.key(),
                report.attributes());
    }

    private static Map<String, String> gap(RecordingGap gap) {
        return Map.of(
                "from", Times.instant(gap.fromNanos()).toString(),
                "to", Times.instant(gap.toNanos()).toString());
    }

    private static Map<String, Object> context(Coverage coverage, int attemptsLeftOut) {
        Map<String, Object> recording = new LinkedHashMap<>();
        recording.put("live", coverage.live());
        if (coverage.packets() > 0) {
            recording.put("from", Times.instant(coverage.firstNanos()).toString());
            recording.put("decidingFrom", Times.instant(coverage.decidingSinceNanos()).toString());
            recording.put("to", Times.instant(coverage.lastNanos()).toString());
        }
        if (!coverage.gaps().isEmpty()) {
            recording.put("gaps", coverage.gaps().stream().map(Account::gap).toList());
        }
        recording.put("packets", coverage.packets());
        recording.put("droppedByKernel", coverage.droppedByKernel());
        recording.put("droppedByInterface", coverage.droppedByInterface());
        recording.put("overwritten", coverage.overwritten());
        recording.put("undecodable", coverage.undecodable());
        recording.put("interfaces", coverage.interfaces().stream().map(i -> i.name()).toList());
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("recording", recording);
        if (attemptsLeftOut > 0) {
            context.put(ATTEMPTS_LEFT_OUT, attemptsLeftOut);
        }
        return context;
    }
}
