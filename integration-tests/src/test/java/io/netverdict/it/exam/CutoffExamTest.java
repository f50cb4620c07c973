package io.netverdict.it.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.correlator.Correlator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What the recorder's cutoff leaves out must not change a verdict: every recorded failure with and
 * without it. {@code exam.cases} names another directory of cases, {@code exam.cutoff} another
 * cutoff in bytes than the default.
 */
class CutoffExamTest {
    @Test
    void shouldNameTheSameCauseWithAndWithoutTheCutoff() throws IOException {
        long cutoffBytes = Long.getLong("exam.cutoff", RecorderConfig.DEFAULT_CUTOFF_BYTES);
        Correlator correlator = new Correlator();
        List<String> changed = new ArrayList<>();
        int cases = 0;
        int cut = 0;
        for (ExamCase examCase : ExamCase.readAll()) {
            cases++;
            try (CutRecording recording =
                    new CutRecording(FileRecording.open(examCase.capture()), cutoffBytes)) {
                String with =
                        correlator.diagnose(recording, examCase.report()).verdict().cause().code();
                cut += recording.cutBytes() < recording.wholeBytes() ? 1 : 0;
                String without = causeWithoutCutoff(correlator, examCase);
                if (!with.equals(without)) {
                    changed.add(examCase.name() + ": " + without + " became " + with);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "cutoff %d bytes: of %d cases %d had packets cut, %d changed cause%n",
                cutoffBytes,
                cases,
                cut,
                changed.size());
        assertEquals(List.of(), changed);
    }

    private static String causeWithoutCutoff(Correlator correlator, ExamCase examCase)
            throws IOException {
        try (FileRecording recording = FileRecording.open(examCase.capture())) {
            return correlator.diagnose(recording, examCase.report()).verdict().cause().code();
        }
    }
}
