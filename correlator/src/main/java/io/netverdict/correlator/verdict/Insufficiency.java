package io.netverdict.correlator.verdict;

import io.netverdict.capture.recording.RecordingGap;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tcp.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions that the packets there do not suffice, saying what was seen all the same. */
final class Insufficiency {
    private Insufficiency() {}

    static Judge.Decision endMissing(
            RequestStory story, Candidate best, List<Rejection> rejections) {
        Finding finding =
                Finding.of(Cause.CAPTURE_INSUFFICIENT)
                        .strength(0.85)
                        .decidedAt(story.question().occurredNanos())
                        .hint(
                                "cannot tell: the recording ends "
                                        + ConnectionCase.span(
                                                story.question().occurredFromNanos()
                                                        - story.scene().coverage().lastNanos())
                                        + " before the error")
                        .detail("Up to its end the recording shows: " + best.finding().hint() + ".")
                        .build()
                        .withEvidence(best.finding().evidence());
        return new Judge.Decision(
                finding, 0.85, best.attempt(), List.of(best.finding()), rejections);
    }

    static Judge.Decision dataOverwritten(
            RequestStory story, Attempt attempt, List<Rejection> rejections) {
        long since = story.scene().coverage().firstNanos();
        long began = attempt.connection().tcp().firstNanos();
        Optional<RecordingGap> gap =
                story.scene().coverage().gapIn(began, story.question().deadlineNanos());
        if (gap.isPresent()) {
            return new Judge.Decision(
                    notRunning(story, gap.get()).withEvidence(whatIsLeft(attempt)),
                    0.9,
                    attempt,
                    List.of(),
                    rejections);
        }
        Finding finding =
                Finding.of(Cause.CAPTURE_INSUFFICIENT)
                        .strength(0.9)
                        .decidedAt(story.question().occurredNanos())
                        .hint(
                                "cannot tell: the connection began "
                                        + ConnectionCase.span(since - began)
                                        + " before the time of which data is still recorded")
                        .detail(
                                "Of that time the recorder has kept handshakes, ends of connections"
                                        + " and errors only; data has been overwritten. A larger"
                                        + " --ring reaches further back.")
                        .build()
                        .withEvidence(whatIsLeft(attempt));
        return new Judge.Decision(finding, 0.9, attempt, List.of(), rejections);
    }

    private static Finding notRunning(RequestStory story, RecordingGap gap) {
        return Finding.of(Cause.CAPTURE_INSUFFICIENT)
                .strength(0.9)
                .decidedAt(story.question().occurredNanos())
                .hint(
                        "cannot tell: no recorder was running for "
                                + ConnectionCase.span(gap.toNanos() - gap.fromNanos())
                                + " while the request went on")
                .build();
    }

    private static List<Evidence> whatIsLeft(Attempt attempt) {
        List<Segment> segments = attempt.connection().tcp().segments();
        return List.of(
                new Evidence(
                        segments.size()
                                + " packets are left of the connection to "
                                + attempt.connection().peer(),
                        List.of(
                                segments.get(0).number(),
                                segments.get(segments.size() - 1).number())));
    }

    static Judge.Decision nothingFits(RequestStory story, List<Rejection> rejections) {
        Finding finding =
                Finding.of(Cause.CAPTURE_INSUFFICIENT)
                        .strength(0.4)
                        .decidedAt(story.question().occurredNanos())
                        .hint("cannot tell: the recorded packets show no failure of this request")
                        .build()
                        .withEvidence(whatWasSeen(story));
        return new Judge.Decision(finding, 0.4, null, List.of(), rejections);
    }

    private static List<Evidence> whatWasSeen(RequestStory story) {
        List<Evidence> seen = new ArrayList<>();
        for (Attempt attempt : story.attempts()) {
            List<Segment> segments = attempt.connection().tcp().segments();
            seen.add(
                    new Evidence(
                            "a connection to "
                                    + attempt.connection().peer()
                                    + " of "
                                    + segments.size()
                                    + " packets, none of which ends the request",
                            List.of(
                                    segments.get(0).number(),
                                    segments.get(segments.size() - 1).number())));
        }
        if (seen.isEmpty()) {
            seen.add(
                    new Evidence(
                            story.scene().coverage().packets()
                                    + " packets recorded, none of which shows a failure",
                            List.of()));
        }
        return seen;
    }
}
