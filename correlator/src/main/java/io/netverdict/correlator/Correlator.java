package io.netverdict.correlator;

import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.account.Account;
import io.netverdict.correlator.context.ClockContext;
import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.correlator.probe.ProbeOperations;
import io.netverdict.correlator.probe.ProbeReport;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.QuestionReader;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.scene.SceneReader;
import io.netverdict.correlator.story.PeerDates;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.StoryReader;
import io.netverdict.correlator.story.StoryTargets;
import io.netverdict.correlator.verdict.ClockDifference;
import io.netverdict.correlator.verdict.Judge;
import io.netverdict.correlator.verdict.VerdictWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins an error report to the packets of its request and names the cause. For a verdict without a
 * report see {@link io.netverdict.correlator.survey.Surveyor}.
 *
 * <p>The way goes from the report's words ({@link Question}) over the recording around them ({@link
 * Scene}) and the part of it that belongs to the request ({@link RequestStory}) to the finding that
 * decided it ({@link Judge}). Stateless and safe to share between threads; a {@link Recording}
 * belongs to the calling thread meanwhile.
 */
public final class Correlator {
    private final QuestionReader questionReader = new QuestionReader();
    private final SceneReader sceneReader = new SceneReader();
    private final StoryReader storyReader = new StoryReader();
    private final Judge judge = new Judge();

    /** One verdict for a report. Never throws on what packets or the message contain. */
    public Diagnosis diagnose(Recording recording, ErrorReport report) {
        return diagnose(recording, report, ContextSource.NONE);
    }

    /**
     * One verdict for a report, with what the machine knows of itself. The source is asked once,
     * when it is known which hosts and flows the request is about.
     */
    public Diagnosis diagnose(Recording recording, ErrorReport report, ContextSource source) {
        return diagnose(recording, report, source, ProbeReport.NONE);
    }

    /**
     * One verdict for a report, with what the machine knows of itself and what probes found.
     *
     * @param recording without the probes' own packets
     */
    public Diagnosis diagnose(
            Recording recording, ErrorReport report, ContextSource source, ProbeReport probes) {
        Question question = questionReader.read(report, recording.coverage().lastNanos());
        RequestStory packetsOnly = packetsOnly(recording, question);
        HostContext known = source.about(StoryTargets.of(packetsOnly));
        ClockContext dates = PeerDates.before(recording, question, sceneReader);
        HostContext context = known.withClock(dates);
        RequestStory story = packetsOnly.with(context).with(probes);
        Judge.Decision decision = judge.decide(story);
        if (ClockDifference.isSuspected(story, decision)) {
            Question wider = question.withClockDifference(ClockDifference.MOST_NANOS);
            RequestStory other = packetsOnly(recording, wider).with(context).with(probes);
            Judge.Decision otherwise = judge.decide(other);
            if (ClockDifference.isShown(other, otherwise)) {
                story = other;
                decision = ClockDifference.told(otherwise);
            }
        }
        Verdict verdict = VerdictWriter.write(decision, story);
        Account account = Account.of(story, decision.attempt(), verdict.evidence());
        return new Diagnosis(
                account.error(),
                verdict,
                withProbes(account.operations(), probes),
                account.flows(),
                withHost(account.context(), story.context()),
                account.packets());
    }

    private RequestStory packetsOnly(Recording recording, Question question) {
        return storyReader.read(question, sceneReader.read(recording, question));
    }

    private static List<Operation> withProbes(List<Operation> operations, ProbeReport probes) {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(ProbeOperations.of(probes));
        return all;
    }

    private static Map<String, Object> withHost(
            Map<String, Object> recording, HostContext context) {
        Map<String, Object> all = new LinkedHashMap<>(recording);
        all.putAll(context.toMap());
        return all;
    }
}
