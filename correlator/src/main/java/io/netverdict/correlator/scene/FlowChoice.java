package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which flows to read for a question: all of its window where they are few, and on a busy machine
 * those that may belong to the request, so that the answer takes bounded time and memory and the
 * request's packets are not crowded out by others.
 *
 * <p>Belonging on a busy machine: DNS, ICMP, ARP and all else without ports; then flows with an end
 * that the report names or that a host of the report was resolved to; where there are none, those
 * with its port. Of too many those with few packets come first: a request that failed is short.
 * Others follow as far as there is room, those first that ended next to the error.
 */
final class FlowChoice {
    /** Packets that are read at most, unless one flow alone has more. */
    static final int MAX_PACKETS = 100_000;

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Comparator<RecordedFlow> BY_PACKETS =
            Comparator.comparingLong(RecordedFlow::packets);

    private final Question question;
    private final int maxPackets;

    FlowChoice(Question question) {
        this(question, MAX_PACKETS);
    }

    FlowChoice(Question question, int maxPackets) {
        this.question = question;
        this.maxPackets = maxPackets;
    }

    /**
     * @param reader of the names that some flows show
     */
    Set<FlowKey> choose(Recording recording, Function<Collection<FlowKey>, NameBook> reader) {
        List<RecordedFlow> flows = new ArrayList<>();
        long packets = 0;
        for (RecordedFlow flow : recording.flows(Long.MIN_VALUE, question.windowToNanos())) {
            if (isDns(flow.key()) || flow.lastNanos() >= question.windowFromNanos()) {
                flows.add(flow);
                packets += flow.packets();
            }
        }
        return packets <= maxPackets ? keys(flows) : chooseFrom(flows, reader);
    }

    private Set<FlowKey> chooseFrom(
            List<RecordedFlow> flows, Function<Collection<FlowKey>, NameBook> reader) {
        List<RecordedFlow> context = flows.stream().filter(f -> isContext(f.key())).toList();
        Set<FlowKey> keys = first(context, BY_PACKETS, maxPackets / 2);
        List<RecordedFlow> others = flows.stream().filter(f -> !isContext(f.key())).toList();
        Set<IpAddress> addresses = addresses(reader.apply(keys));
        List<RecordedFlow> chosen =
                matching(others, end -> question.local().filter(end::equals).isPresent());
        if (chosen.isEmpty()) {
            chosen = matching(others, end -> addresses.contains(end.address()));
        }
        if (chosen.isEmpty()) {
            Set<Integer> ports = ports();
            chosen = matching(others, end -> ports.contains(end.port()));
        }
        keys.addAll(first(chosen, BY_PACKETS, maxPackets / 2));
        // A redirect leads to hosts that the report need not name.
        keys.addAll(first(others, Comparator.comparingLong(this::distanceNanos), maxPackets / 4));
        return keys;
    }

    private static List<RecordedFlow> matching(List<RecordedFlow> flows, Predicate<Endpoint> end) {
        return flows.stream()
                .filter(flow -> end.test(flow.key().low()) || end.test(flow.key().high()))
                .toList();
    }

    /** How far from the error the flow ended. */
    private long distanceNanos(RecordedFlow flow) {
        return Math.abs(question.occurredNanos() - flow.lastNanos());
    }

    private static Set<FlowKey> first(
            List<RecordedFlow> flows, Comparator<RecordedFlow> order, long packets) {
        List<RecordedFlow> sorted = new ArrayList<>(flows);
        sorted.sort(order);
        Set<FlowKey> keys = new LinkedHashSet<>();
        long sum = 0;
        for (RecordedFlow flow : sorted) {
            sum += flow.packets();
            if (sum > packets && !keys.isEmpty()) {
                break;
            }
            keys.add(flow.key());
        }
        return keys;
    }

    private static Set<FlowKey> keys(List<RecordedFlow> flows) {
        Set<FlowKey> keys = new LinkedHashSet<>();
        flows.forEach(flow -> keys.add(flow.key()));
        return keys;
    }

    private Set<IpAddress> addresses(NameBook names) {
        Set<IpAddress> addresses = new HashSet<>(question.literalAddresses());
        question.hosts().forEach(host -> addresses.addAll(names.addressesOf(host)));
        question.proxyHost().ifPresent(host -> addresses.addAll(names.addressesOf(host)));
        question.remote().map(Endpoint::address).ifPresent(addresses::add);
        return addresses;
    }

    private Set<Integer> ports() {
        Set<Integer> ports = new HashSet<>();
        add(question.port(), ports);
        add(question.proxyPort(), ports);
        question.remote().map(Endpoint::port).ifPresent(ports::add);
        question.scheme().ifPresent(s -> ports.add("http".equals(s) ? HTTP_PORT : HTTPS_PORT));
        return ports;
    }

    private static void add(OptionalInt port, Set<Integer> ports) {
        if (port.isPresent()) {
            ports.add(port.getAsInt());
        }
    }

    private static boolean isDns(FlowKey key) {
        return key.low().port() == DnsQueries.DNS_PORT || key.high().port() == DnsQueries.DNS_PORT;
    }

    /** Whether it may matter to any request. */
    private static boolean isContext(FlowKey key) {
        return isDns(key) || key.protocol() != IpProtocol.TCP && key.protocol() != IpProtocol.UDP;
    }
}
