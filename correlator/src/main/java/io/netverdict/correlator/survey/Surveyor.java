package io.netverdict.correlator.survey;

import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.survey.FlowBatches.Batch;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds every conversation of a recording that failed or suffered. Stateless and safe to share; a
 * {@link Recording} belongs to the calling thread meanwhile; one that is {@linkplain
 * Recording#isShareable shareable} is also read by the common pool's threads. Never throws on what
 * packets contain.
 */
public final class Surveyor {
    private static final int STEP = 256;

    /**
     * A verdict for each cause at each target, worst first.
     *
     * @param progress told how many of the recording's TCP flows have been looked at
     */
    public List<Diagnosis> survey(Recording recording, SurveyProgress progress) {
        List<RecordedFlow> flows = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
        long total = flows.stream().filter(f -> FlowBatches.isConversation(f.key())).count();
        progress.advanced(0, total);
        Surroundings surroundings = Surroundings.read(recording, flows);
        ConnectionExaminer examiner = new ConnectionExaminer(surroundings);
        AccusationGroups groups = new AccusationGroups();
        boolean[] well = new FirstLook(recording, surroundings).wentWell(flows, progress, total);
        List<RecordedFlow> unusual = new ArrayList<>();
        long glanced = 0;
        for (int i = 0; i < well.length; i++) {
            if (well[i]) {
                examiner.heard(flows.get(i).key());
                glanced++;
            } else {
                unusual.add(flows.get(i));
            }
        }
        List<Batch> batches = FlowBatches.of(unusual);
        long done = glanced;
        BatchReader scenes = new BatchReader(recording, batches);
        for (Batch batch : batches) {
            Scene scene = scenes.next();
            int looked = 0;
            for (TcpConnection connection : scene.connections()) {
                examiner.examine(connection, GroupReport.brokenOf(scene, connection))
                        .ifPresent(groups::add);
                if (++looked % STEP == 0) {
                    progress.advanced(done + Math.min(looked, batch.conversations()), total);
                }
            }
            examiner.examineTogether().forEach(groups::add);
            done += batch.conversations();
            progress.advanced(done, total);
        }
        new LookupExaminer(surroundings, examiner::oneWay).examine().forEach(groups::add);
        new LinkExaminer(surroundings.scene(), flows).examine().forEach(groups::add);
        new QuicExaminer(recording, surroundings, flows).examine().forEach(groups::add);
        GroupReport report = new GroupReport(recording, surroundings, examiner);
        List<Diagnosis> diagnoses = new ArrayList<>();
        for (AccusationGroup group : groups.worstFirst()) {
            diagnoses.add(report.diagnosis(group));
        }
        return diagnoses;
    }
}
