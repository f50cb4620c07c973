package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.Transport.Udp;
import io.netverdict.correlator.dns.DnsDecoder;
import io.netverdict.correlator.dns.DnsMessage;
import io.netverdict.correlator.dns.DnsOverTcpMessage;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pairs DNS queries with their answers and with the ICMP errors they drew. */
final class DnsQueries {
    static final int DNS_PORT = 53;

    private record Seen(
            DnsMessage message,
            DecodedPacket packet,
            Endpoint from,
            Endpoint to,
            boolean overTcp) {}

    private DnsQueries() {}

    /** The queries among some packets, by time. */
    static List<DnsQuery> of(
            List<DecodedPacket> packets,
            List<TcpConnection> connections,
            List<IcmpError> errors,
            List<FragmentTrain> trains) {
        Set<Long> broken = new HashSet<>();
        for (FragmentTrain train : trains) {
            if (!train.complete() && train.first() != null) {
                broken.add(train.first().number());
            }
        }
        List<Seen> messages = new ArrayList<>();
        for (DecodedPacket packet : packets) {
            Udp udp = packet.udp();
            if (udp == null
                    || (udp.sourcePort() != DNS_PORT && udp.destinationPort() != DNS_PORT)) {
                continue;
            }
            DnsDecoder.decode(udp.payload(), udp.payloadCut())
                    .ifPresent(
                            m ->
                                    messages.add(
                                            new Seen(
                                                    m,
                                                    packet,
                                                    packet.source(),
                                                    packet.destination(),
                                                    false)));
        }
        for (TcpConnection connection : connections) {
            if (connection.server().port() != DNS_PORT) {
                continue;
            }
            addTcp(messages, connection, true);
            addTcp(messages, connection, false);
        }
        messages.sort(Comparator.comparingLong(m -> m.packet().timeNanos()));
        return pair(messages, errors, broken);
    }

    private static void addTcp(List<Seen> messages, TcpConnection connection, boolean toServer) {
        Endpoint from = toServer ? connection.client() : connection.server();
        Endpoint to = toServer ? connection.server() : connection.client();
        for (DnsOverTcpMessage message :
                DnsDecoder.decodeTcp(
                        (toServer ? connection.toServer() : connection.toClient()).stream())) {
            messages.add(new Seen(message.message(), message.packet(), from, to, true));
        }
    }

    private static List<DnsQuery> pair(
            List<Seen> messages, List<IcmpError> errors, Set<Long> broken) {
        List<DnsQuery> queries = new ArrayList<>();
        Set<Seen> taken = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            Seen query = messages.get(i);
            if (query.message().response() || query.message().questions().isEmpty()) {
                continue;
            }
            Optional<Seen> answer = Optional.empty();
            for (int j = i + 1; j < messages.size() && answer.isEmpty(); j++) {
                Seen later = messages.get(j);
                if (!query.from().equals(later.message().response() ? later.to() : later.from())
                        || !query.to()
                                .equals(later.message().response() ? later.from() : later.to())
                        || later.message().id() != query.message().id()) {
                    continue;
                }
                if (!later.message().response()) {
                    if (later.message().questions().equals(query.message().questions())) {
                        // Asked again: an answer from here on belongs to the repetition.
                        break;
                    }
                    continue;
                }
                if (!taken.contains(later) && answers(query.message(), later.message())) {
                    answer = Optional.of(later);
                }
            }
            answer.ifPresent(taken::add);
            queries.add(
                    new DnsQuery(
                            query.message().questions().get(0).name(),
                            query.message().questions().get(0).type(),
                            query.from(),
                            query.to(),
                            query.message(),
                            query.packet(),
                            answer.map(Seen::message).orElse(null),
                            answer.map(Seen::packet).orElse(null),
                            answer.map(a -> broken.contains(a.packet().number())).orElse(false),
                            unreachable(query, errors),
                            query.overTcp()));
        }
        return queries;
    }

    private static boolean answers(DnsMessage query, DnsMessage response) {
        return response.questions().isEmpty()
                || response.questions().get(0).equals(query.questions().get(0));
    }

    private static IcmpError unreachable(Seen query, List<IcmpError> errors) {
        if (query.overTcp()) {
            return null;
        }
        return errors.stream()
                .filter(
                        e ->
                                e.unreachable()
                                        && e.packet().timeNanos() >= query.packet().timeNanos()
                                        && e.packet().timeNanos()
                                                < query.packet().timeNanos() + 5_000_000_000L
                                        && e.quotes(IpProtocol.UDP, query.from(), query.to()))
                .findFirst()
                .orElse(null);
    }
}
