package io.netverdict.correlator.survey;

import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.scene.SceneReader;
import io.netverdict.correlator.survey.FlowBatches.Batch;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds every conversation of a recording that failed or suffered. Stateless and safe to share; a
 * {@link Recording} belongs to the calling thread meanwhile. Never throws on what packets contain.
 */
public final class Surveyor {
    private static final int STEP = 256;

    /** A flow longer than this is read for its own sake. */
    private static final long MAX_GLANCE_PACKETS = 100_000;

    private final SceneReader sceneReader = new SceneReader();

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
        List<RecordedFlow> unusual = new ArrayList<>();
        Glance glance = new Glance();
        long glanced = 0;
        for (RecordedFlow flow : flows) {
            if (!FlowBatches.isConversation(flow.key())
                    || !wentWell(recording, flow, surroundings, glance)) {
                unusual.add(flow);
                continue;
            }
            examiner.heard(flow.key());
            if (++glanced % STEP == 0) {
                progress.advanced(glanced, total);
            }
        }
        List<Batch> batches = FlowBatches.of(unusual);
        long done = glanced;
        for (Batch batch : batches) {
            Scene scene =
                    sceneReader.readFlows(
                            recording, batch.keys(), batch.fromNanos(), Long.MAX_VALUE);
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

    private static boolean wentWell(
            Recording recording, RecordedFlow flow, Surroundings surroundings, Glance glance) {
        return flow.packets() <= MAX_GLANCE_PACKETS
                && !surroundings.hasErrorsAbout(flow.key())
                && glance.wentWell(
                        recording.packets(List.of(flow.key()), Long.MIN_VALUE, Long.MAX_VALUE));
    }
}
