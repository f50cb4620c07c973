package io.netverdict.it.exam;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.correlator.Correlator;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Puts recorded failures with known causes to the diagnosis and prints how many it gets right. The
 * system property {@code exam.cases} names another directory of cases than the public ones.
 */
class ExamTest {
    private static final double CAUSES_RIGHT_AT_LEAST = 0.99;
    private static final double BLAMES_RIGHT_AT_LEAST = 0.98;

    @Test
    void shouldNameAnAcceptedCauseForMostRecordedFailures() throws IOException {
        ExamScore score = new ExamScore();
        Correlator correlator = new Correlator();
        for (ExamCase examCase : ExamCase.readAll()) {
            try (FileRecording recording = FileRecording.open(examCase.capture())) {
                score.add(examCase, correlator.diagnose(recording, examCase.report()).verdict());
            }
        }
        System.out.print(score.table());
        assertTrue(score.total() > 0, "no cases");
        assertTrue(
                score.causesRight() >= CAUSES_RIGHT_AT_LEAST,
                () -> "causes right: " + score.causesRight());
        assertTrue(
                score.blamesRight() >= BLAMES_RIGHT_AT_LEAST,
                () -> "blames right: " + score.blamesRight());
        assertTrue(score.sureAndWrong() == 0, () -> "sure and wrong: " + score.sureAndWrong());
    }
}
