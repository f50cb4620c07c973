package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.account.Account;
import io.netverdict.correlator.account.Times;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.FragmentTrain;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.scene.NeighborQuery;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.scene.SceneReader;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tcp.TcpConnection;
import io.netverdict.correlator.verdict.Judge;
import io.netverdict.correlator.verdict.VerdictWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a diagnosis of a group: reads its packets again and tells the whole of it. */
final class GroupReport {
    /** A slice beyond this keeps the beginning, the end and what surrounds the evidence. */
    private static final int MAX_SLICE_PACKETS = 5_000;

    private static final int KEPT_AROUND = 20;
    private static final int KEPT_AT_ENDS = 200;
    private static final int MAX_FRAMES_A_MEMBER = 6;
    private static final int MAX_NEIGHBORS = 200;

    /** Members are read until they hold so many packets together. */
    private static final int MAX_PACKETS = 60_000;

    private final Recording recording;
    private final Surroundings surroundings;
    private final ConnectionExaminer examiner;
    private final SceneReader sceneReader = new SceneReader();

    GroupReport(Recording recording, Surroundings surroundings, ConnectionExaminer examiner) {
        this.recording = recording;
        this.surroundings = surroundings;
        this.examiner = examiner;
    }

    /** What was read of a group's members. */
    private static final class Material {
        final TreeMap<Long, DecodedPacket> packets = new TreeMap<>();
        final List<TcpConnection> connections = new ArrayList<>();
        final List<IcmpError> errors = new ArrayList<>();
        final List<FragmentTrain> trains = new ArrayList<>();
        final List<DnsQuery> lookups = new ArrayList<>();
        final List<Attempt> attempts = new ArrayList<>();

        /** Those that are not there yet; to compare them would go through their packets. */
        void add(List<DnsQuery> found) {
            for (DnsQuery query : found) {
                if (lookups.stream().noneMatch(known -> known == query)) {
                    lookups.add(query);
                }
            }
        }
    }

    Diagnosis diagnosis(AccusationGroup group) {
        Accusation leader = group.leader();
        Material material = new Material();
        for (Accusation member : group.members()) {
            if (material.packets.size() < MAX_PACKETS) {
                read(member, material);
            }
        }
        Verdict verdict =
                VerdictWriter.write(
                        new Judge.Decision(
                                told(group),
                                leader.confidence(),
                                null,
                                List.of(),
                                leader.rejections()));
        addCited(verdict.evidence(), material);
        Attempt decisive = material.attempts.isEmpty() ? null : material.attempts.get(0);
        ErrorReport report = report(group, decisive);
        RequestStory story =
                new RequestStory(
                        NeutralQuestion.of(report, leader.toNanos(), leader.names()),
                        sceneOf(material, leader),
                        material.attempts,
                        List.copyOf(material.lookups),
                        leader.names(),
                        true);
        Account account = Account.of(story, decisive, verdict.evidence());
        return new Diagnosis(
                account.error(),
                verdict,
                account.operations(),
                account.flows(),
                account.context(),
                bounded(account.packets(), verdict.evidence()));
    }

    private void read(Accusation member, Material material) {
        material.add(member.lookups());
        if (member.flow() == null) {
            return;
        }
        Scene scene =
                sceneReader.readFlows(
                        recording,
                        Set.of(member.flow(), FlowBatches.fragmentsOf(member.flow())),
                        member.fromNanos(),
                        member.toNanos());
        if (member.flow().protocol() != IpProtocol.TCP) {
            scene.packets().forEach(p -> material.packets.put(p.number(), p));
            return;
        }
        for (TcpConnection connection : scene.connections()) {
            if (connection.segments().get(0).number() == member.firstPacket()) {
                ConnectionCase c = examiner.caseOf(connection, brokenOf(scene, connection));
                connection.packets().forEach(p -> material.packets.put(p.number(), p));
                material.connections.add(connection);
                material.errors.addAll(c.scene().icmpErrors());
                material.trains.addAll(scene.fragmentTrains());
                material.attempts.add(new Attempt(c, 1));
                material.add(surroundings.lookupsBefore(connection));
            }
        }
    }

    /** Fragmented datagrams between the ends of a connection that never got whole. */
    static List<FragmentTrain> brokenOf(Scene scene, TcpConnection connection) {
        return scene.fragmentTrains().isEmpty()
                ? List.of()
                : scene.brokenTrains(
                        connection.server().address(),
                        connection.client().address(),
                        IpProtocol.TCP);
    }

    /** Cited packets that are none of the members' own: ICMP errors, fragments, lookups, ARP. */
    private void addCited(List<Evidence> evidence, Material material) {
        List<DecodedPacket> all = surroundings.scene().packets();
        for (Evidence item : evidence) {
            for (long frame : item.frames()) {
                int low = 0;
                int high = all.size() - 1;
                while (low <= high) {
                    int middle = (low + high) >>> 1;
                    long number = all.get(middle).number();
                    if (number == frame) {
                        material.packets.put(frame, all.get(middle));
                        break;
                    }
                    low = number < frame ? middle + 1 : low;
                    high = number < frame ? high : middle - 1;
                }
            }
        }
    }

    private Scene sceneOf(Material material, Accusation leader) {
        Scene all = surroundings.scene();
        List<NeighborQuery> neighbors = all.neighborQueries();
        if (neighbors.size() > MAX_NEIGHBORS) {
            neighbors =
                    neighbors.stream()
                            .filter(q -> q.target().toString().equals(leader.target().host()))
                            .toList();
        }
        List<FragmentTrain> trains = new ArrayList<>(material.trains);
        if (!material.lookups.isEmpty()) {
            trains.addAll(all.fragmentTrains());
        }
        return new Scene(
                all.coverage(),
                List.copyOf(material.packets.values()),
                material.connections.isEmpty() ? all.connections() : material.connections,
                List.copyOf(material.lookups),
                material.errors,
                neighbors,
                trains,
                all.names(),
                all.localAddresses());
    }

    /** The leader's finding with what the others add. */
    private static Finding told(AccusationGroup group) {
        Finding finding = group.leader().finding();
        if (group.count() == 1) {
            return finding;
        }
        List<Long> frames = new ArrayList<>();
        for (Accusation member : group.members()) {
            if (member != group.leader()) {
                member.finding().evidence().stream()
                        .flatMap(e -> e.frames().stream())
                        .limit(MAX_FRAMES_A_MEMBER)
                        .forEach(frames::add);
            }
        }
        Evidence others =
                new Evidence(
                        "the same at "
                                + Figures.count(group.count() - 1, "other " + group.target().noun())
                                + (group.count() > AccusationGroup.MAX_MEMBERS
                                        ? "; the packets of the first few"
                                        : ""),
                        frames);
        String summary =
                Figures.count(group.count(), group.target().noun())
                        + " to "
                        + group.target()
                        + ", the first at "
                        + Times.instant(group.firstNanos())
                        + ", the last "
                        + Figures.span(group.lastNanos() - group.firstNanos())
                        + " later; told here is the clearest.";
        return new Finding(
                        finding.cause(),
                        finding.strength(),
                        finding.blame(),
                        finding.phase(),
                        group.count() + " × " + finding.hint(),
                        finding.detail().isEmpty() ? summary : finding.detail() + " " + summary,
                        finding.evidence(),
                        finding.decidedNanos())
                .withEvidence(List.of(others));
    }

    private ErrorReport report(AccusationGroup group, Attempt decisive) {
        Accusation leader = group.leader();
        String names = leader.names().stream().sorted().collect(Collectors.joining(", "));
        String called =
                names.isEmpty() || names.equals(leader.target().host()) ? "" : " (" + names + ")";
        boolean name = leader.target().noun().equals("lookup") && leader.target().port() == 0;
        String preposition = name ? " of " : " to ";
        String message =
                "found without a report: "
                        + Figures.count(group.count(), group.target().noun())
                        + preposition
                        + group.target()
                        + called;
        long decided = leader.finding().decidedNanos();
        long recorded = surroundings.scene().coverage().lastNanos();
        long occurred = decided <= 0 ? leader.toNanos() : Math.min(decided, recorded);
        return new ErrorReport(
                message,
                urlOf(decisive),
                null,
                Times.instant(occurred),
                null,
                null,
                leader.target().port() > 0 ? leader.target().toString() : null,
                null,
                null,
                null,
                Map.of("client", leader.client().toString()));
    }

    /** What was asked for, where it was asked in the clear. */
    private static String urlOf(Attempt decisive) {
        Exchange exchange = decisive == null ? null : decisive.connection().exchange();
        if (exchange == null || exchange.request() == null || exchange.request().isConnect()) {
            return null;
        }
        String target = exchange.request().target();
        if (target.contains("://")) {
            return target;
        }
        String host = exchange.request().host().orElse("");
        return host.isEmpty() || !target.startsWith("/") ? null : "http://" + host + target;
    }

    private static List<CapturedPacket> bounded(
            List<CapturedPacket> packets, List<Evidence> evidence) {
        if (packets.size() <= MAX_SLICE_PACKETS) {
            return packets;
        }
        Set<Long> cited = new HashSet<>();
        evidence.forEach(e -> cited.addAll(e.frames()));
        boolean[] kept = new boolean[packets.size()];
        for (int i = 0; i < kept.length; i++) {
            boolean end = i < KEPT_AT_ENDS || i >= kept.length - KEPT_AT_ENDS;
            kept[i] |= end;
            if (cited.contains(packets.get(i).number())) {
                int to = Math.min(kept.length, i + KEPT_AROUND + 1);
                for (int near = Math.max(0, i - KEPT_AROUND); near < to; near++) {
                    kept[near] = true;
                }
            }
        }
        List<CapturedPacket> chosen = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                chosen.add(packets.get(i));
            }
        }
        chosen.sort(Comparator.comparingLong(CapturedPacket::number));
        return chosen;
    }
}
