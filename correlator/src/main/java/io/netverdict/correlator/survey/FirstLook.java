package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.SurveyProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Glances at every conversation of a recording, on all processors where that is allowed. */
final class FirstLook {
    private static final int FLOWS_AT_A_TIME = 256;

    /** A flow longer than this is read for its own sake. */
    private static final long MAX_PACKETS = 300_000;

    private static final long PACKETS_AT_A_TIME = 10_000;

    /** Less is not worth leaving out. */
    private static final int MIN_LEFT_OUT = 300;

    private final Recording recording;
    private final Surroundings surroundings;

    FirstLook(Recording recording, Surroundings surroundings) {
        this.recording = recording;
        this.surroundings = surroundings;
    }

    /** For each flow null where it is a conversation that plainly went well. */
    Unusual[] unusual(List<RecordedFlow> flows, SurveyProgress progress, long total) {
        Unusual[] unusual = new Unusual[flows.size()];
        AtomicLong glanced = new AtomicLong();
        List<int[]> parts = parts(flows);
        (recording.isShareable() ? parts.parallelStream() : parts.stream())
                .forEach(
                        part -> {
                            long found = glance(flows, part[0], part[1], unusual);
                            synchronized (glanced) {
                                progress.advanced(glanced.addAndGet(found), total);
                            }
                        });
        return unusual;
    }

    /** Stretches of the list with about equal work, first index inclusive, last exclusive. */
    private static List<int[]> parts(List<RecordedFlow> flows) {
        List<int[]> parts = new ArrayList<>();
        int from = 0;
        long packets = 0;
        for (int i = 0; i < flows.size(); i++) {
            packets += flows.get(i).packets();
            if (packets >= PACKETS_AT_A_TIME || i - from + 1 >= FLOWS_AT_A_TIME) {
                parts.add(new int[] {from, i + 1});
                from = i + 1;
                packets = 0;
            }
        }
        parts.add(new int[] {from, flows.size()});
        return parts;
    }

    private long glance(List<RecordedFlow> flows, int from, int to, Unusual[] unusual) {
        Glance glance = new Glance();
        long found = 0;
        for (int i = from; i < to; i++) {
            unusual[i] = look(glance, flows.get(i));
            found += unusual[i] == null ? 1 : 0;
        }
        return found;
    }

    private Unusual look(Glance glance, RecordedFlow flow) {
        boolean inPart = FlowBatches.isConversation(flow.key()) && flow.packets() <= MAX_PACKETS;
        if (!inPart || surroundings.hasErrorsAbout(flow.key())) {
            return Unusual.whole(flow);
        }
        if (glance.wentWell(packets(flow))) {
            return null;
        }
        // A short flow is read whole: its beginning costs little and tells more.
        return glance.soundPackets() < MIN_LEFT_OUT
                ? Unusual.whole(flow)
                : new Unusual(
                        flow, glance.soundFromNanos(), flow.packets() - glance.soundPackets());
    }

    private List<CapturedPacket> packets(RecordedFlow flow) {
        return recording.packets(List.of(flow.key()), Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
