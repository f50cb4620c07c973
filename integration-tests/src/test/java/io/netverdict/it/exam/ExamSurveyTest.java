package io.netverdict.it.exam;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.survey.Surveyor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Surveys the exam's recordings without their reports: is the true cause among what is found? */
class ExamSurveyTest {
    /** Causes that a recording cannot show by itself: nothing failed in it. */
    private static final Set<String> TOLD_BY_THE_CLIENT =
            Set.of("network.healthy", "capture.insufficient", "client.nothing-sent");

    private static final double FOUND_AT_LEAST = 0.9;

    @Test
    void shouldFindWhatFailedWithoutBeingAsked() throws IOException {
        int visible = 0;
        List<String> missed = new ArrayList<>();
        for (ExamCase examCase : ExamCase.readAll()) {
            if (TOLD_BY_THE_CLIENT.containsAll(examCase.causes())) {
                continue;
            }
            visible++;
            Set<String> found = survey(examCase);
            if (examCase.causes().stream().noneMatch(found::contains)) {
                missed.add(examCase.name() + " " + examCase.causes() + ", found " + found);
            }
        }
        int count = visible - missed.size();
        System.out.println("survey: found the true cause in " + count + " of " + visible);
        missed.forEach(line -> System.out.println("  missed " + line));
        assertTrue(count >= FOUND_AT_LEAST * visible, () -> "missed: " + missed);
    }

    private static Set<String> survey(ExamCase examCase) throws IOException {
        try (FileRecording recording = FileRecording.open(examCase.capture())) {
            return new Surveyor()
                    .survey(recording, SurveyProgress.SILENT).stream()
                            .map(d -> d.verdict().cause().code())
                            .collect(Collectors.toSet());
        }
    }
}
