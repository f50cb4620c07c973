package io.netverdict.it.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.file.PcapngSection;
import io.netverdict.capture.file.PcapngWriter;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.Correlator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Puts the recorded failures to the diagnosis with what recordings and reports suffer elsewhere:
 * fewer verdicts can be right then, and none may be wrong and sure of itself.
 */
class AlteredExamTest {
    @TempDir private Path scratch;

    @ParameterizedTest
    @EnumSource
    void shouldNeverBeSureAndWrong(Alteration alteration) throws IOException {
        ExamScore score = new ExamScore();
        Correlator correlator = new Correlator();
        for (ExamCase examCase : ExamCase.readAll()) {
            Path altered = scratch.resolve(examCase.name() + ".pcapng");
            write(examCase, alteration, altered);
            try (FileRecording recording = FileRecording.open(altered)) {
                score.add(
                        examCase,
                        correlator.diagnose(recording, alteration.of(examCase.report())).verdict());
            }
        }
        System.out.println(alteration + ": " + score.totals().strip());
        assertEquals(0, score.sureAndWrong(), score::table);
        assertTrue(score.causesRight() >= alteration.causesRightAtLeast(), score::table);
    }

    private static void write(ExamCase examCase, Alteration alteration, Path file)
            throws IOException {
        try (FileRecording recording = FileRecording.open(examCase.capture());
                PcapngWriter writer =
                        PcapngWriter.create(file, PcapngSection.ofThisMachine("test", ""))) {
            for (RecordedInterface each : recording.coverage().interfaces()) {
                writer.addInterface(each);
            }
            for (CapturedPacket packet : alteration.of(CutRecording.allPackets(recording))) {
                writer.write(packet);
            }
        }
    }
}
