package io.netverdict.correlator.verdict;

import io.netverdict.correlator.corroboration.Corroboration;
import io.netverdict.correlator.corroboration.LocalRefusalRule;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.probing.Probing;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.rules.ConnectionRule;
import io.netverdict.correlator.rules.ConnectionRules;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.story.AbsenceRule;
import io.netverdict.correlator.story.DnsOverTcpRule;
import io.netverdict.correlator.story.ForeignAnswerRule;
import io.netverdict.correlator.story.NeighborRule;
import io.netverdict.correlator.story.QuicRule;
import io.netverdict.correlator.story.RedirectRule;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.story.ResolveRule;
import io.netverdict.correlator.story.SlowResolveRule;
import io.netverdict.correlator.story.StoryRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Weighs the findings on a request's attempts and lookups and picks the one that decided it.
 *
 * <p>On one connection the cause nearest the root wins (the order of {@link ConnectionRules});
 * between connections and lookups the one that best explains this error at this moment.
 */
public final class Judge {
    /** A finding weaker than this does not stand in the way of one further from the root. */
    private static final double SOLID = 0.7;

    private static final double STORY_BELONGING = 0.9;
    private static final double SECOND = 1e9;

    /** A request that began so long after its connection found it open. */
    private static final long REUSED_NANOS = 200_000_000L;

    private static final List<StoryRule> STORY_RULES =
            List.of(
                    new ResolveRule(),
                    new DnsOverTcpRule(),
                    new NeighborRule(),
                    new QuicRule(),
                    new RedirectRule(),
                    new ForeignAnswerRule(),
                    new AbsenceRule(),
                    new LocalRefusalRule());

    private static final Set<Cause> SEEN_AS_TIMEOUT =
            Set.of(
                    Cause.HTTP_NO_RESPONSE,
                    Cause.HTTP_RESPONSE_STALLED,
                    Cause.HTTP_TRANSFER_TOO_SLOW,
                    Cause.TLS_NO_RESPONSE,
                    Cause.TLS_HANDSHAKE_STALLED,
                    Cause.TCP_SYN_NO_RESPONSE,
                    Cause.PROXY_NO_RESPONSE,
                    Cause.CLIENT_ABORTED,
                    Cause.CLIENT_NOTHING_SENT);

    /**
     * What was decided.
     *
     * @param finding the winner
     * @param confidence 0 to 1
     * @param attempt the connection it was found on, or null
     * @param others candidates that lost, likeliest first
     * @param rejections causes looked into that do not fit
     */
    public record Decision(
            Finding finding,
            double confidence,
            Attempt attempt,
            List<Finding> others,
            List<Rejection> rejections) {}

    /** Decides a story. */
    public Decision decide(RequestStory story) {
        List<Candidate> candidates = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (Attempt attempt : story.attempts()) {
            onConnection(story, attempt, candidates, rejections);
        }
        List<Candidate> undecidable = OverwrittenData.removeUndecidable(story, candidates);
        for (StoryRule rule : STORY_RULES) {
            for (Assessment assessment : rule.assess(story)) {
                if (assessment instanceof Finding finding) {
                    candidates.add(ofStory(story, weighed(finding, null, story)));
                } else {
                    rejections.add((Rejection) assessment);
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::score).reversed());
        Attempt overwritten = OverwrittenData.decisive(story, undecidable, candidates);
        if (overwritten != null) {
            return Insufficiency.dataOverwritten(story, overwritten, rejections);
        }
        if (candidates.isEmpty()) {
            return Insufficiency.nothingFits(story, rejections);
        }
        Candidate best = Precedence.first(candidates);
        Finding slow = slowResolve(story, best, rejections);
        if (slow != null) {
            return new Decision(
                    slow,
                    Confidence.of(ofStory(story, slow), List.of()),
                    null,
                    findings(candidates),
                    rejections);
        }
        if (endUnseen(story, best)) {
            return Insufficiency.endMissing(story, best, rejections);
        }
        List<Candidate> rest = new ArrayList<>(candidates);
        rest.removeIf(candidate -> candidate == best);
        return new Decision(
                best.finding(),
                Confidence.of(best, rest),
                best.attempt(),
                findings(rest),
                rejections);
    }

    /** What was found, with what the machine knew and what probes say of it. */
    private static Finding weighed(Finding finding, Attempt attempt, RequestStory story) {
        Finding seen = RecordingEnd.weighed(finding, attempt, story);
        return Probing.weigh(Corroboration.of(seen, attempt, story), attempt, story);
    }

    private static void onConnection(
            RequestStory story,
            Attempt attempt,
            List<Candidate> candidates,
            List<Rejection> rejections) {
        Question question = story.question();
        List<Finding> findings = new ArrayList<>();
        for (ConnectionRule rule : ConnectionRules.all()) {
            for (Assessment assessment : rule.assess(attempt.connection())) {
                if (assessment instanceof Finding finding) {
                    findings.add(weighed(finding, attempt, story));
                } else if (attempt.belonging() >= 0.5) {
                    rejections.add((Rejection) assessment);
                }
            }
        }
        findings.addAll(0, Probing.find(attempt, story, findings));
        if (findings.isEmpty()) {
            return;
        }
        Finding chosen = findings.get(0);
        for (Finding finding : findings) {
            boolean solid = chosen.strength() >= SOLID;
            if (!solid && finding.strength() > chosen.strength()) {
                chosen = finding;
            }
        }
        for (Finding finding : findings) {
            double belonging = finding == chosen ? attempt.belonging() : attempt.belonging() * 0.3;
            candidates.add(
                    new Candidate(
                            finding,
                            attempt,
                            belonging,
                            Plausibility.of(question.facts().complaints(), finding.cause()),
                            timeFit(question, finding),
                            startFit(question, started(attempt.connection(), question))));
        }
    }

    private static Candidate ofStory(RequestStory story, Finding finding) {
        Question question = story.question();
        boolean last = finding.cause() == Cause.CAPTURE_INSUFFICIENT;
        double belonging = last ? 0.3 : story.identified() ? STORY_BELONGING : STORY_BELONGING / 2;
        return new Candidate(
                finding,
                null,
                belonging,
                Plausibility.of(question.facts().complaints(), finding.cause()),
                timeFit(question, finding),
                0);
    }

    private static long started(ConnectionCase c, Question question) {
        Exchange exchange = c.exchange();
        boolean reused =
                exchange != null
                        && (!c.tcp().startSeen()
                                || !c.isFirst(exchange)
                                || question.startedNanos() > c.tcp().firstNanos() + REUSED_NANOS);
        return reused ? exchange.startedNanos() : c.tcp().firstNanos();
    }

    private static double timeFit(Question question, Finding finding) {
        if (!question.occurredKnown()) {
            return 0.5;
        }
        long behind = question.beforeErrorNanos(finding.decidedNanos());
        boolean after = finding.decidedNanos() > question.deadlineNanos();
        return after ? 0 : Math.exp(-behind / (1.2 * SECOND));
    }

    private static double startFit(Question question, long startedNanos) {
        long expected =
                question.startedNanos() >= 0
                        ? question.startedNanos()
                        : question.timeoutNanos() > 0
                                ? question.occurredNanos() - question.timeoutNanos()
                                : -1;
        if (expected < 0 || !question.occurredKnown()) {
            return 0;
        }
        double off = (startedNanos - expected) / SECOND;
        if (off < -0.3) {
            return question.startedNanos() >= 0 ? -1 : 0;
        }
        return Math.exp(-Math.abs(off));
    }

    private static Finding slowResolve(
            RequestStory story, Candidate best, List<Rejection> rejections) {
        if (!SEEN_AS_TIMEOUT.contains(best.finding().cause())) {
            return null;
        }
        for (Assessment assessment : new SlowResolveRule().assess(story)) {
            if (assessment instanceof Finding finding) {
                return weighed(finding, null, story);
            }
            rejections.add((Rejection) assessment);
        }
        return null;
    }

    /** The recording ends before the error, and what it shows cannot have caused these words. */
    private static boolean endUnseen(RequestStory story, Candidate best) {
        return RecordingEnd.isBeforeError(story)
                && best.plausibility() <= Plausibility.CONTRADICTS
                && best.finding().cause() != Cause.CAPTURE_INSUFFICIENT;
    }

    private static List<Finding> findings(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::finding).toList();
    }
}
