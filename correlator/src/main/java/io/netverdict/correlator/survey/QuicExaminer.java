package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.scene.SceneReader;
import io.netverdict.correlator.story.QuicRule;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.survey.Accusation.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for QUIC clients that nobody answered and that tried nothing else. */
final class QuicExaminer {
    private static final int HTTPS_PORT = 443;
    private static final long LEAST_WAIT_NANOS = 2_000_000_000L;

    /** A client gives up after fewer packets than this; longer flows were answered. */
    private static final long MAX_UNANSWERED_PACKETS = 64;

    private record Pair(IpAddress low, IpAddress high) {
        static Pair of(FlowKey key) {
            return new Pair(key.low().address(), key.high().address());
        }

        // Written out, as in Endpoint.
        @Override
        public boolean equals(Object other) {
            return other instanceof Pair that && low.equals(that.low) && high.equals(that.high);
        }

        @Override
        public int hashCode() {
            return 31 * low.hashCode() + high.hashCode();
        }
    }

    private final Recording recording;
    private final Surroundings surroundings;
    private final List<RecordedFlow> flows;
    private final Set<Pair> overTcp = new HashSet<>();

    QuicExaminer(Recording recording, Surroundings surroundings, List<RecordedFlow> flows) {
        this.recording = recording;
        this.surroundings = surroundings;
        this.flows = flows;
        for (RecordedFlow flow : flows) {
            if (flow.key().protocol() == IpProtocol.TCP && toHttps(flow.key())) {
                overTcp.add(Pair.of(flow.key()));
            }
        }
    }

    private static boolean toHttps(FlowKey key) {
        return key.low().port() == HTTPS_PORT || key.high().port() == HTTPS_PORT;
    }

    /** Attempts in vain. */
    List<Accusation> examine() {
        List<Accusation> accusations = new ArrayList<>();
        for (RecordedFlow flow : flows) {
            boolean candidate =
                    flow.key().protocol() == IpProtocol.UDP
                            && toHttps(flow.key())
                            && flow.packets() > 1
                            && flow.packets() <= MAX_UNANSWERED_PACKETS
                            && !overTcp.contains(Pair.of(flow.key()))
                            && surroundings.recordedUntil(flow.firstNanos())
                                    >= flow.firstNanos() + LEAST_WAIT_NANOS;
            if (candidate) {
                accuse(flow, accusations);
            }
        }
        return accusations;
    }

    private void accuse(RecordedFlow flow, List<Accusation> accusations) {
        Scene scene = new SceneReader().readFlows(recording, Set.of(flow.key()));
        if (scene.packets().isEmpty()) {
            return;
        }
        Question question = NeutralQuestion.at(flow.lastNanos(), Set.of());
        RequestStory story =
                new RequestStory(question, scene, List.of(), List.of(), Set.of(), false);
        DecodedPacket first = scene.packets().get(0);
        Endpoint server = first.destination();
        for (Assessment assessment : new QuicRule().assess(story)) {
            if (assessment instanceof Finding finding) {
                accusations.add(
                        new Accusation(
                                finding,
                                finding.strength(),
                                List.of(),
                                first.source().address(),
                                new Target(
                                        "QUIC attempt", server.address().toString(), server.port()),
                                Set.of(),
                                flow.key(),
                                first.number(),
                                flow.firstNanos(),
                                flow.lastNanos(),
                                List.of()));
            }
        }
    }
}
