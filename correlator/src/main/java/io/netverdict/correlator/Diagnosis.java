package io.netverdict.correlator;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.FlowSummary;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.SliceInfo;
import io.netverdict.correlator.model.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A verdict with all it rests on. Immutable.
 *
 * @param error the report with what was found in its text added
 * @param verdict its evidence cites {@link CapturedPacket#number()}s of the recording
 * @param context coverage of the recording and other facts, JSON-friendly
 * @param packets the request's packets and none of the other traffic, in order of the recording
 */
public record Diagnosis(
        ErrorReport error,
        Verdict verdict,
        List<Operation> operations,
        List<FlowSummary> flows,
        Map<String, Object> context,
        List<CapturedPacket> packets) {

    public Diagnosis {
        operations = List.copyOf(operations);
        flows = List.copyOf(flows);
        packets = List.copyOf(packets);
    }

    /** This diagnosis with evidence that cites frames of the slice (1 is its first packet). */
    public Diagnosis withSliceFrames() {
        Map<Long, Long> frameOf = new HashMap<>();
        for (CapturedPacket packet : packets) {
            frameOf.putIfAbsent(packet.number(), frameOf.size() + 1L);
        }
        List<Evidence> renumbered =
                verdict.evidence().stream()
                        .map(
                                evidence ->
                                        new Evidence(
                                                evidence.text(),
                                                evidence.frames().stream()
                                                        .filter(frameOf::containsKey)
                                                        .map(frameOf::get)
                                                        .toList()))
                        .toList();
        Verdict cited =
                new Verdict(
                        verdict.cause(),
                        verdict.confidence(),
                        verdict.blame(),
                        verdict.phase(),
                        verdict.hint(),
                        verdict.explanation(),
                        verdict.advice(),
                        renumbered,
                        verdict.alternatives());
        return new Diagnosis(error, cited, operations, flows, context, packets);
    }

    /** The incident of this diagnosis. */
    public Incident toIncident(String id, Instant receivedAt, SliceInfo slice) {
        return new Incident(
                id,
                receivedAt,
                IncidentStatus.DECIDED,
                error,
                verdict,
                operations,
                flows,
                context,
                slice);
    }
}
