package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.dns.DnsDecoder;
import io.netverdict.correlator.dns.DnsMessage;
import io.netverdict.correlator.dns.DnsQuestion;
import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsRecord;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.probe.NameServerProbe;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.service.probe.flow.ProbeFlow;
import io.netverdict.service.probe.flow.ProbeSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Asks one name server for one kind of address of a name, over UDP or TCP. */
public final class NameServerQuery {
    private static final long UDP_TRY_NANOS = 1_000_000_000L;
    private static final int UDP_TRIES = 2;
    private static final long TCP_NANOS = 2_000_000_000L;
    private static final int MAX_MESSAGE_BYTES = 65_535;
    private static final int LENGTH_PREFIX_BYTES = 2;

    /** Datagrams that are no answer to the query; more of them are somebody's joke. */
    private static final int MAX_FOREIGN_DATAGRAMS = 50;

    private final ProbeSession session;
    private final Endpoint server;
    private final String name;
    private final DnsType type;
    private final int id = ThreadLocalRandom.current().nextInt(1 << Short.SIZE);
    private long startedNanos;

    private NameServerQuery(ProbeSession session, Endpoint server, String name, DnsType type) {
        this.session = session;
        this.server = server;
        this.name = name;
        this.type = type;
    }

    /** Asks over UDP, twice where nothing comes. */
    public static NameServerProbe overUdp(
            ProbeSession session, Endpoint server, String name, DnsType type) {
        NameServerQuery query = new NameServerQuery(session, server, name, type);
        return query.run(false, query::udp);
    }

    /** Asks over TCP. */
    public static NameServerProbe overTcp(
            ProbeSession session, Endpoint server, String name, DnsType type) {
        NameServerQuery query = new NameServerQuery(session, server, name, type);
        return query.run(true, query::tcp);
    }

    private interface Exchange {
        DnsMessage with(byte[] query) throws IOException;
    }

    private NameServerProbe run(boolean overTcp, Exchange exchange) {
        startedNanos = session.nowNanos();
        Optional<byte[]> query = DnsQuestionBytes.of(id, name, type.code());
        if (query.isEmpty()) {
            return result(overTcp, Reply.NOT_SENT, null, name + " is no name to ask for");
        }
        try {
            DnsMessage answer = exchange.with(query.get());
            return result(overTcp, Reply.ANSWERED, answer, null);
        } catch (GarbledException e) {
            return result(overTcp, Reply.GARBLED, null, e.getMessage());
        } catch (SocketTimeoutException e) {
            return result(overTcp, Reply.SILENT, null, null);
        } catch (IOException e) {
            return result(overTcp, ProbeConnection.reply(e), null, e.getMessage());
        }
    }

    private DnsMessage udp(byte[] query) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(0));
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            try (ProbeFlow flow =
                    session.open(IpProtocol.UDP, port, server.address(), server.port())) {
                Objects.requireNonNull(flow);
                channel.connect(Addresses.of(server));
                channel.register(selector, SelectionKey.OP_READ);
                for (int i = 0; i < UDP_TRIES; i++) {
                    channel.write(ByteBuffer.wrap(query));
                    DnsMessage answer = await(channel, selector);
                    if (answer != null) {
                        return answer;
                    }
                }
            }
        }
        throw new SocketTimeoutException();
    }

    /** The answer; null where none came in the time of one try. */
    private DnsMessage await(DatagramChannel channel, Selector selector) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_MESSAGE_BYTES);
        long deadline = session.deadlineAfter(UDP_TRY_NANOS);
        int foreign = 0;
        while (true) {
            long slice = session.sliceUntil(deadline);
            if (slice == 0) {
                return null;
            }
            if (selector.select(Math.max(1, slice / 1_000_000)) == 0) {
                continue;
            }
            selector.selectedKeys().clear();
            while (channel.read(buffer.clear()) > 0) {
                Optional<DnsMessage> message = DnsDecoder.decode(buffer.flip(), false);
                if (message.isPresent() && isAnswer(message.get())) {
                    return message.get();
                }
                if (++foreign > MAX_FOREIGN_DATAGRAMS) {
                    throw new GarbledException("datagrams that are no answer to the query");
                }
            }
        }
    }

    private DnsMessage tcp(byte[] query) throws IOException {
        try (ProbeConnection connection =
                ProbeConnection.open(
                        session, server, TCP_NANOS, MAX_MESSAGE_BYTES + LENGTH_PREFIX_BYTES)) {
            ByteBuffer out = ByteBuffer.allocate(LENGTH_PREFIX_BYTES + query.length);
            connection.write(out.putShort((short) query.length).put(query).flip());
            ByteBuffer prefix = ByteBuffer.allocate(LENGTH_PREFIX_BYTES);
            fill(connection, prefix);
            ByteBuffer bytes = ByteBuffer.allocate(prefix.flip().getShort() & 0xFFFF);
            fill(connection, bytes);
            return DnsDecoder.decode(bytes.flip(), false)
                    .filter(this::isAnswer)
                    .orElseThrow(() -> new GarbledException("no answer to the query"));
        }
    }

    private static void fill(ProbeConnection connection, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (connection.read(buffer) < 0) {
                throw new GarbledException("closed without an answer");
            }
        }
    }

    private boolean isAnswer(DnsMessage message) {
        return message.response()
                && message.id() == id
                && message.questions().stream()
                        .map(DnsQuestion::type)
                        .allMatch(t -> t == type.code());
    }

    private NameServerProbe result(
            boolean overTcp, Reply reply, DnsMessage answer, String problem) {
        List<IpAddress> addresses =
                answer == null
                        ? List.of()
                        : answer.answers().stream()
                                .map(DnsRecord::address)
                                .filter(Objects::nonNull)
                                .toList();
        return new NameServerProbe(
                server,
                overTcp,
                name,
                type.name(),
                session.since(startedNanos),
                reply,
                answer == null ? null : DnsRcode.name(answer.rcode()),
                addresses,
                problem);
    }

    /** What came cannot be understood. */
    private static final class GarbledException extends IOException {
        private static final long serialVersionUID = 1L;

        GarbledException(String message) {
            super(message);
        }
    }
}
