package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.SurveyProgress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Glances at every conversation of a recording, on all processors where that is allowed. */
final class FirstLook {
    private static final int FLOWS_AT_A_TIME = 256;

    /** A flow longer than this is read for its own sake. */
    private static final long MAX_PACKETS = 100_000;

    private final Recording recording;
    private final Surroundings surroundings;

    FirstLook(Recording recording, Surroundings surroundings) {
        this.recording = recording;
        this.surroundings = surroundings;
    }

    /** Which of the flows are conversations that plainly went well. */
    boolean[] wentWell(List<RecordedFlow> flows, SurveyProgress progress, long total) {
        boolean[] well = new boolean[flows.size()];
        AtomicLong glanced = new AtomicLong();
        int parts = (flows.size() + FLOWS_AT_A_TIME - 1) / FLOWS_AT_A_TIME;
        IntStream all = IntStream.range(0, parts);
        (recording.isShareable() ? all.parallel() : all)
                .forEach(
                        part -> {
                            int from = part * FLOWS_AT_A_TIME;
                            int to = Math.min(from + FLOWS_AT_A_TIME, flows.size());
                            long found = glance(flows, from, to, well);
                            synchronized (glanced) {
                                progress.advanced(glanced.addAndGet(found), total);
                            }
                        });
        return well;
    }

    private long glance(List<RecordedFlow> flows, int from, int to, boolean[] well) {
        Glance glance = new Glance();
        long found = 0;
        for (int i = from; i < to; i++) {
            RecordedFlow flow = flows.get(i);
            well[i] =
                    FlowBatches.isConversation(flow.key())
                            && flow.packets() <= MAX_PACKETS
                            && !surroundings.hasErrorsAbout(flow.key())
                            && glance.wentWell(packets(flow));
            found += well[i] ? 1 : 0;
        }
        return found;
    }

    private List<CapturedPacket> packets(RecordedFlow flow) {
        return recording.packets(List.of(flow.key()), Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
