package io.netverdict.correlator.story;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.context.ContextTargets;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says what of a machine matters to a request, as far as its story is known. */
public final class StoryTargets {
    private static final double OWN = 0.45;
    private static final int MAX_FLOWS = 8;
    private static final int MAX_ADDRESSES = 12;

    /** Counted back from the error where nothing tells when the request began. */
    private static final long SHORT_REQUEST_NANOS = 5_000_000_000L;

    private StoryTargets() {}

    /** The targets of a story. */
    public static ContextTargets of(RequestStory story) {
        Question question = story.question();
        List<TcpConnection> own =
                story.attempts().stream()
                        .filter(a -> a.belonging() >= OWN)
                        .sorted(
                                Comparator.comparingDouble(Attempt::belonging)
                                        .reversed()
                                        .thenComparing(a -> distanceNanos(a, question)))
                        .map(a -> a.connection().tcp())
                        .limit(MAX_FLOWS)
                        .toList();
        Set<IpAddress> addresses = new LinkedHashSet<>();
        Set<ContextTargets.Flow> flows = new LinkedHashSet<>();
        Set<String> interfaces = new LinkedHashSet<>();
        long first = Long.MAX_VALUE;
        for (TcpConnection tcp : own) {
            addresses.add(tcp.server().address());
            if (tcp == own.get(0) || !isRefused(tcp)) {
                flows.add(new ContextTargets.Flow(IpProtocol.TCP, tcp.client(), tcp.server()));
            }
            DecodedPacket packet = tcp.packets().get(0);
            interfaces.add(interfaceOf(story.scene(), packet));
            first = Math.min(first, Math.max(tcp.firstNanos(), question.windowFromNanos()));
        }
        story.hosts().forEach(h -> addresses.addAll(story.scene().names().addressesOf(h)));
        addresses.addAll(question.literalAddresses());
        question.proxyHost().ifPresent(p -> addresses.addAll(story.scene().names().addressesOf(p)));
        question.remote().ifPresent(r -> addresses.add(r.address()));
        for (DnsQuery query : story.lookups()) {
            DecodedPacket packet = query.packet();
            addresses.add(query.server().address());
            if (packet.udp() != null && packet.ip() != null) {
                flows.add(
                        new ContextTargets.Flow(
                                IpProtocol.UDP,
                                new Endpoint(packet.ip().source(), packet.udp().sourcePort()),
                                query.server()));
            }
            interfaces.add(interfaceOf(story.scene(), packet));
            first = Math.min(first, query.sentNanos());
        }
        interfaces.remove("");
        return new ContextTargets(
                from(question, first),
                question.occurredNanos(),
                story.hosts(),
                limited(addresses, MAX_ADDRESSES),
                List.copyOf(limited(flows, 2 * MAX_FLOWS)),
                interfaces);
    }

    /** Of such an attempt the machine has no socket left. */
    private static boolean isRefused(TcpConnection tcp) {
        return !tcp.established() && tcp.toClient().rst() != null;
    }

    /** How far from the error an attempt ended. */
    private static long distanceNanos(Attempt attempt, Question question) {
        return Math.abs(question.occurredNanos() - attempt.connection().tcp().lastNanos());
    }

    private static <T> Set<T> limited(Set<T> all, int limit) {
        Set<T> some = new LinkedHashSet<>();
        all.stream().limit(limit).forEach(some::add);
        return some;
    }

    private static long from(Question question, long firstPacketNanos) {
        if (question.startedNanos() >= 0) {
            return question.startedNanos();
        }
        long span = question.timeoutNanos() > 0 ? question.timeoutNanos() : SHORT_REQUEST_NANOS;
        return Math.min(firstPacketNanos, question.occurredNanos() - span);
    }

    private static String interfaceOf(Scene scene, DecodedPacket packet) {
        List<RecordedInterface> interfaces = scene.coverage().interfaces();
        int index = packet.captured().interfaceIndex();
        return index >= 0 && index < interfaces.size() ? interfaces.get(index).name() : "";
    }
}
