package io.netverdict.service.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.file.ReadProgress;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.SliceInfo;
import io.netverdict.correlator.survey.FirstLook;
import io.netverdict.correlator.survey.Surveyor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Capture files under diagnosis: opened once, asked for reports or surveyed, closed together.
 *
 * <p>Each file is a recording of its own. A report goes to the files whose time it falls in, and
 * the best verdict wins. For one thread.
 */
public final class FileAnalysis implements AutoCloseable {
    /** A request may have begun so long before its error, and packets may follow it so long. */
    private static final Duration REACH = Duration.ofMinutes(5);

    private final Instant receivedAt = Instant.now();
    private final List<FileRecording> recordings = new ArrayList<>();
    private final List<FirstLook> looks = new ArrayList<>();
    private final List<AnalyzedFile> files = new ArrayList<>();
    private final SliceDirectory slices;
    private final ReportPackets reportPackets;
    private final boolean surveys;
    private int incidents;

    /**
     * @param slices where each incident's packets are written; null for nowhere, and frames then
     *     count in the file
     * @param reportPackets decodes packets for a report; null where there is to be none
     * @param surveys whether the files will be surveyed: their packets are looked at as they are
     *     read
     */
    public FileAnalysis(SliceDirectory slices, ReportPackets reportPackets, boolean surveys) {
        this.slices = slices;
        this.surveys = surveys;
        this.reportPackets = reportPackets;
    }

    /** Reads a file; throws where it is no capture, never where it is damaged. */
    public AnalyzedFile add(Path file, ReadProgress progress) throws IOException {
        FirstLook look = surveys ? new FirstLook() : null;
        FileRecording recording = FileRecording.open(file, progress, look);
        recordings.add(recording);
        looks.add(look);
        AnalyzedFile figures = AnalyzedFile.of(file.toString(), recording);
        files.add(figures);
        return figures;
    }

    /** The files, in the order in which they were added. */
    public List<AnalyzedFile> files() {
        return List.copyOf(files);
    }

    /** Digits behind the point that a file's times have. */
    public int timeDigits(int file) {
        return recordings.get(file).timeDigits();
    }

    /** The verdict for one report. */
    public AnalyzedIncident diagnose(ErrorReport report) throws IOException {
        Correlator correlator = new Correlator();
        Diagnosis best = null;
        int bestFile = 0;
        for (int file : covering(report)) {
            Diagnosis diagnosis = correlator.diagnose(recordings.get(file), report);
            if (best == null || isBetter(diagnosis, best)) {
                best = diagnosis;
                bestFile = file;
            }
        }
        return incident(bestFile, best);
    }

    private static boolean isBetter(Diagnosis one, Diagnosis other) {
        boolean told = one.verdict().cause() != Cause.CAPTURE_INSUFFICIENT;
        boolean otherTold = other.verdict().cause() != Cause.CAPTURE_INSUFFICIENT;
        return told == otherTold ? one.verdict().confidence() > other.verdict().confidence() : told;
    }

    private List<Integer> covering(ErrorReport report) {
        List<Integer> covering = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            all.add(file);
            if (covers(files.get(file), report)) {
                covering.add(file);
            }
        }
        return covering.isEmpty() ? all : covering;
    }

    private static boolean covers(AnalyzedFile file, ErrorReport report) {
        Instant end = report.occurredAt();
        if (end == null || file.firstPacketAt() == null) {
            return file.firstPacketAt() != null;
        }
        Instant start = report.startedAt() == null ? end.minus(REACH) : report.startedAt();
        return !file.firstPacketAt().isAfter(end.plus(REACH))
                && !file.lastPacketAt().isBefore(start);
    }

    /** A verdict for every conversation of every file that failed or suffered, worst first. */
    public List<AnalyzedIncident> survey(SurveyProgress progress) throws IOException {
        Surveyor surveyor = new Surveyor();
        List<AnalyzedIncident> found = new ArrayList<>();
        for (int file = 0; file < recordings.size(); file++) {
            FileRecording recording = recordings.get(file);
            FirstLook look = looks.get(file);
            for (Diagnosis diagnosis :
                    surveyor.survey(recording, look, recording::flowNumber, progress)) {
                found.add(incident(file, diagnosis));
            }
        }
        return found;
    }

    private AnalyzedIncident incident(int file, Diagnosis diagnosis) throws IOException {
        String id = "incident-" + ++incidents;
        List<RecordedInterface> interfaces = recordings.get(file).interfaces();
        SliceInfo slice = slices == null ? null : slices.write(id, diagnosis, interfaces);
        Diagnosis cited = slices == null ? diagnosis : diagnosis.withSliceFrames();
        Incident incident = cited.toIncident(id, receivedAt, slice);
        JsonNode packets =
                reportPackets == null
                        ? null
                        : reportPackets.of(incident, diagnosis, interfaces, slices != null);
        return new AnalyzedIncident(file, incident, packets);
    }

    @Override
    public void close() {
        recordings.forEach(FileRecording::close);
    }
}
