package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.recording.FlowFilter;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Which flows to read for a question: all of its window where they are few, and on a busy machine
 * those that may belong to the request, so that the answer takes bounded time and memory and the
 * request's packets are not crowded out by others.
 *
 * <p>Belonging on a busy machine: DNS, ICMP, ARP and all else without ports, next to the error;
 * then flows with an end that the report names or that a host of the report was resolved to; where
 * there are none, those with its port. Of too many those with few packets come first: a request
 * that failed is short. Others follow as far as there is room, those first that ended next to the
 * error.
 */
final class FlowChoice {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Of flows that nothing names, what is older than this before the error is left out. */
    private static final long OTHERS_NANOS = 30_000_000_000L;

    private static final FlowFilter DNS = FlowFilter.ofPorts(Set.of(DnsQueries.DNS_PORT));
    private static final Comparator<RecordedFlow> BY_PACKETS =
            Comparator.comparingLong(RecordedFlow::packets);

    private final Recording recording;
    private final Question question;
    private final Limits limits;
    private final Function<Collection<FlowKey>, NameBook> reader;

    /** By key, so that none is taken twice. */
    private final Map<FlowKey, Chosen> taken = new HashMap<>();

    /**
     * A flow to read.
     *
     * @param fromNanos older packets of it are left out
     */
    record Chosen(RecordedFlow flow, long fromNanos) {}

    /**
     * What is read at most.
     *
     * @param allPackets of a recording of so many packets everything in the window is read
     * @param packets read on a busy machine, unless one flow alone has more
     * @param contextFlows lookups, and as many ICMP, ARP and other flows
     * @param namedFlows flows with an end of the request's
     * @param otherFlows flows next to the error
     */
    record Limits(long allPackets, long packets, int contextFlows, int namedFlows, int otherFlows) {
        static final Limits STANDARD = new Limits(5_000, 4_000, 100, 40, 40);
    }

    /**
     * @param reader of the names that some flows show
     */
    FlowChoice(
            Recording recording,
            Question question,
            Limits limits,
            Function<Collection<FlowKey>, NameBook> reader) {
        this.recording = recording;
        this.question = question;
        this.limits = limits;
        this.reader = reader;
    }

    /** The flows to read. */
    Collection<Chosen> choose() {
        if (recording.coverage().packets() <= limits.allPackets()) {
            for (RecordedFlow flow : recording.flows(Long.MIN_VALUE, question.windowToNanos())) {
                if (DNS.matches(flow.key()) || flow.lastNanos() >= question.windowFromNanos()) {
                    take(flow);
                }
            }
        } else {
            chooseFew();
        }
        return taken.values();
    }

    private void chooseFew() {
        List<RecordedFlow> context =
                new ArrayList<>(find(DNS, Long.MIN_VALUE, limits.contextFlows()));
        context.addAll(inWindow(FlowFilter.WITHOUT_PORTS, limits.contextFlows()));
        first(context, BY_PACKETS, limits.packets() / 2, Long.MIN_VALUE);
        Set<IpAddress> addresses = addresses(reader.apply(Set.copyOf(taken.keySet())));
        List<RecordedFlow> named = named(addresses);
        first(named, BY_PACKETS, limits.packets() / 2, Long.MIN_VALUE);
        if (named.stream().noneMatch(flow -> taken.containsKey(flow.key()))) {
            // What failed was part of something long.
            named.stream().min(Comparator.comparingLong(this::distanceNanos)).ifPresent(this::take);
        }
        // A redirect leads to other ports, or to hosts that the report need not name.
        List<RecordedFlow> others =
                new ArrayList<>(inWindow(FlowFilter.ofAddresses(addresses), limits.otherFlows()));
        others.addAll(inWindow(FlowFilter.ALL, limits.otherFlows()));
        first(
                others,
                Comparator.comparingLong(this::distanceNanos),
                limits.packets() / 4,
                question.occurredNanos() - OTHERS_NANOS);
    }

    /** Flows with an end of the request's, as well as that is known. */
    private List<RecordedFlow> named(Set<IpAddress> addresses) {
        List<RecordedFlow> named = List.of();
        if (question.local().isPresent()) {
            named =
                    inWindow(
                            FlowFilter.ofEnds(Set.of(question.local().get())), limits.namedFlows());
        }
        Set<Integer> ports = ports();
        if (named.isEmpty()) {
            named = inWindow(FlowFilter.ofEnds(ends(addresses, ports)), limits.namedFlows());
        }
        if (named.isEmpty()) {
            named = inWindow(FlowFilter.ofAddresses(addresses), limits.namedFlows());
        }
        return named.isEmpty() ? inWindow(FlowFilter.ofPorts(ports), limits.namedFlows()) : named;
    }

    private List<RecordedFlow> inWindow(FlowFilter filter, int limit) {
        return find(filter, question.windowFromNanos(), limit);
    }

    private List<RecordedFlow> find(FlowFilter filter, long fromNanos, int limit) {
        return recording.flows(
                new FlowSearch(
                        filter,
                        fromNanos,
                        question.windowToNanos(),
                        question.occurredNanos(),
                        limit));
    }

    private void take(RecordedFlow flow) {
        taken.put(flow.key(), new Chosen(flow, Long.MIN_VALUE));
    }

    /** How far from the error the flow ended. */
    private long distanceNanos(RecordedFlow flow) {
        return Math.abs(question.occurredNanos() - flow.lastNanos());
    }

    /** Takes flows in an order, leaving out those that there is no more room for. */
    private void first(
            List<RecordedFlow> flows,
            Comparator<RecordedFlow> order,
            long packets,
            long fromNanos) {
        List<RecordedFlow> sorted = new ArrayList<>(flows);
        sorted.sort(order);
        long sum = 0;
        for (RecordedFlow flow : sorted) {
            if (!taken.containsKey(flow.key()) && sum + flow.packets() <= packets) {
                sum += flow.packets();
                taken.put(flow.key(), new Chosen(flow, fromNanos));
            }
        }
    }

    private static Set<Endpoint> ends(Set<IpAddress> addresses, Set<Integer> ports) {
        Set<Endpoint> ends = new HashSet<>();
        for (IpAddress address : addresses) {
            ports.forEach(port -> ends.add(new Endpoint(address, port)));
        }
        return ends;
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
        if (question.port().isEmpty()) {
            question.scheme().ifPresent(s -> ports.add("http".equals(s) ? HTTP_PORT : HTTPS_PORT));
        }
        return ports;
    }

    private static void add(OptionalInt port, Set<Integer> ports) {
        if (port.isPresent()) {
            ports.add(port.getAsInt());
        }
    }
}
