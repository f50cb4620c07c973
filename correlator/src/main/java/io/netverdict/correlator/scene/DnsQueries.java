package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.Transport.QuotedPacket;
import io.netverdict.capture.packet.Transport.Udp;
import io.netverdict.correlator.dns.DnsDecoder;
import io.netverdict.correlator.dns.DnsMessage;
import io.netverdict.correlator.dns.DnsOverTcpMessage;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        messages.sort((a, b) -> Long.compare(a.packet().timeNanos(), b.packet().timeNanos()));
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

    /** What a query and its answer have in common, seen from the client. */
    private record Transaction(EndpointPair ends, int id) {
        static Transaction of(Seen seen) {
            boolean response = seen.message().response();
            return new Transaction(
                    new EndpointPair(
                            response ? seen.to() : seen.from(), response ? seen.from() : seen.to()),
                    seen.message().id());
        }

        // Written out, as in Endpoint.
        @Override
        public boolean equals(Object other) {
            return other instanceof Transaction that && id == that.id && ends.equals(that.ends);
        }

        @Override
        public int hashCode() {
            return 31 * ends.hashCode() + id;
        }
    }

    private static List<DnsQuery> pair(
            List<Seen> messages, List<IcmpError> errors, Set<Long> broken) {
        Map<Transaction, List<Seen>> byTransaction = new LinkedHashMap<>();
        for (Seen message : messages) {
            byTransaction
                    .computeIfAbsent(Transaction.of(message), t -> new ArrayList<>())
                    .add(message);
        }
        Map<Endpoint, List<IcmpError>> byClient = unreachableByClient(errors);
        List<DnsQuery> queries = new ArrayList<>();
        for (List<Seen> transaction : byTransaction.values()) {
            for (int i = 0; i < transaction.size(); i++) {
                Seen query = transaction.get(i);
                if (query.message().response() || query.message().questions().isEmpty()) {
                    continue;
                }
                Seen answer = answerOf(transaction, i);
                boolean brokenAnswer = answer != null && broken.contains(answer.packet().number());
                queries.add(
                        new DnsQuery(
                                query.message().questions().get(0).name(),
                                query.message().questions().get(0).type(),
                                query.from(),
                                query.to(),
                                query.message(),
                                query.packet(),
                                answer == null ? null : answer.message(),
                                answer == null ? null : answer.packet(),
                                brokenAnswer,
                                unreachable(query, byClient),
                                query.overTcp()));
            }
        }
        queries.sort(
                (a, b) -> {
                    int order = Long.compare(a.sentNanos(), b.sentNanos());
                    return order != 0
                            ? order
                            : Long.compare(a.packet().number(), b.packet().number());
                });
        return queries;
    }

    /** The first answer behind a query, unless the same question was asked again before it. */
    private static Seen answerOf(List<Seen> transaction, int index) {
        Seen query = transaction.get(index);
        for (Seen later : transaction.subList(index + 1, transaction.size())) {
            boolean again =
                    !later.message().response()
                            && later.message().questions().equals(query.message().questions());
            if (again) {
                return null;
            }
            if (later.message().response() && answers(query.message(), later.message())) {
                return later;
            }
        }
        return null;
    }

    private static Map<Endpoint, List<IcmpError>> unreachableByClient(List<IcmpError> errors) {
        Map<Endpoint, List<IcmpError>> byClient = new HashMap<>();
        for (IcmpError error : errors) {
            QuotedPacket quoted = error.message().quoted();
            if (error.unreachable() && quoted != null && quoted.hasPorts()) {
                byClient.computeIfAbsent(
                                new Endpoint(quoted.ip().source(), quoted.sourcePort()),
                                e -> new ArrayList<>())
                        .add(error);
            }
        }
        return byClient;
    }

    private static boolean answers(DnsMessage query, DnsMessage response) {
        return response.questions().isEmpty()
                || response.questions().get(0).equals(query.questions().get(0));
    }

    private static IcmpError unreachable(Seen query, Map<Endpoint, List<IcmpError>> byClient) {
        if (query.overTcp()) {
            return null;
        }
        return byClient.getOrDefault(query.from(), List.of()).stream()
                .filter(
                        e ->
                                e.packet().timeNanos() >= query.packet().timeNanos()
                                        && e.packet().timeNanos()
                                                < query.packet().timeNanos() + 5_000_000_000L
                                        && e.quotes(IpProtocol.UDP, query.from(), query.to()))
                .findFirst()
                .orElse(null);
    }
}
