package io.netverdict.correlator.survey;

import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.survey.FlowBatches.Batch;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Finds every conversation of a recording that failed or suffered. Stateless and safe to share; a
 * {@link Recording} belongs to the calling thread meanwhile; one that is {@linkplain
 * Recording#isShareable shareable} is also read by the common pool's threads. Never throws on what
 * packets contain.
 */
public final class Surveyor {
    private static final int STEP = 256;

    /** By which number the first look was shown the flow at a place. */
    private interface FlowNumbers {
        int of(int place, FlowKey flow);
    }

    /**
     * A verdict for each cause at each target, worst first.
     *
     * @param progress told how many of the recording's TCP flows have been looked at
     */
    public List<Diagnosis> survey(Recording recording, SurveyProgress progress) {
        List<RecordedFlow> flows = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
        FirstLook look = new FirstLook();
        recording.forEachPacket(flows, look);
        return survey(recording, flows, look, (place, flow) -> place, progress);
    }

    /**
     * The same where the recording's packets have been looked at already.
     *
     * @param look was shown all of them
     * @param numbers by which number it was shown a flow
     */
    public List<Diagnosis> survey(
            Recording recording,
            FirstLook look,
            ToIntFunction<FlowKey> numbers,
            SurveyProgress progress) {
        List<RecordedFlow> flows = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
        FlowNumbers numberOf = (place, flow) -> numbers.applyAsInt(flow);
        return survey(recording, flows, look, numberOf, progress);
    }

    private static List<Diagnosis> survey(
            Recording recording,
            List<RecordedFlow> flows,
            FirstLook look,
            FlowNumbers numberOf,
            SurveyProgress progress) {
        long total = flows.stream().filter(f -> FlowBatches.isConversation(f.key())).count();
        progress.advanced(0, total);
        Surroundings surroundings = Surroundings.read(recording, flows);
        ConnectionExaminer examiner = new ConnectionExaminer(surroundings);
        AccusationGroups groups = new AccusationGroups();
        List<Unusual> unusual = new ArrayList<>();
        for (int place = 0; place < flows.size(); place++) {
            RecordedFlow flow = flows.get(place);
            boolean plain =
                    FlowBatches.isConversation(flow.key())
                            && !surroundings.hasErrorsAbout(flow.key());
            Unusual found =
                    plain
                            ? look.unusual(
                                    numberOf.of(place, flow.key()),
                                    flow,
                                    surroundings.recordedUntil(flow.lastNanos()))
                            : Unusual.whole(flow);
            if (found == null) {
                examiner.heard(flow.key());
            } else {
                unusual.add(found);
            }
        }
        List<Batch> batches = FlowBatches.of(unusual);
        long done = flows.size() - unusual.size();
        BatchReader scenes = new BatchReader(recording, batches);
        for (Batch batch : batches) {
            Scene scene = scenes.next();
            int examined = 0;
            for (TcpConnection connection : scene.connections()) {
                examiner.examine(connection, GroupReport.brokenOf(scene, connection))
                        .ifPresent(groups::add);
                if (++examined % STEP == 0) {
                    progress.advanced(done + Math.min(examined, batch.conversations()), total);
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
