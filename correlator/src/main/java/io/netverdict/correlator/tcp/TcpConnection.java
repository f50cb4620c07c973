package io.netverdict.correlator.tcp;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import java.util.List;

/**
 * One TCP connection, or attempt at one, between a client and a server. Immutable.
 *
 * <p>Which end is the client is known from the SYN; where the start was not recorded it is guessed
 * (see {@link ConnectionTracker}).
 */
public final class TcpConnection {
    private final Endpoint client;
    private final Endpoint server;
    private final boolean startSeen;
    private final List<Segment> segments;
    private final TcpDirection toServer;
    private final TcpDirection toClient;
    private final List<Segment> syns;
    private final List<Segment> synAcks;
    private final Segment firstClose;
    private final long roundTripNanos;

    TcpConnection(Endpoint client, Endpoint server, boolean startSeen, List<Segment> segments) {
        this.client = client;
        this.server = server;
        this.startSeen = startSeen;
        this.segments = List.copyOf(segments);
        List<Segment> fromClient = segments.stream().filter(Segment::fromClient).toList();
        List<Segment> fromServer = segments.stream().filter(s -> !s.fromClient()).toList();
        this.toServer = new TcpDirection(fromClient, fromServer);
        this.toClient = new TcpDirection(fromServer, fromClient);
        this.syns = fromClient.stream().filter(Segment::syn).toList();
        this.synAcks = fromServer.stream().filter(s -> s.syn() && s.tcp().ack()).toList();
        this.firstClose =
                segments.stream().filter(s -> s.fin() || s.rst()).findFirst().orElse(null);
        this.roundTripNanos = measureRoundTrip();
    }

    public Endpoint client() {
        return client;
    }

    public Endpoint server() {
        return server;
    }

    /** Whether a SYN or SYN-ACK of this connection was recorded. */
    public boolean startSeen() {
        return startSeen;
    }

    /** All segments in order of the recording. */
    public List<Segment> segments() {
        return segments;
    }

    /** What the client sent. */
    public TcpDirection toServer() {
        return toServer;
    }

    /** What the server sent. */
    public TcpDirection toClient() {
        return toClient;
    }

    public long firstNanos() {
        return segments.get(0).timeNanos();
    }

    public long lastNanos() {
        return segments.get(segments.size() - 1).timeNanos();
    }

    public List<DecodedPacket> packets() {
        return segments.stream().map(Segment::packet).toList();
    }

    /** The client's SYNs. */
    public List<Segment> syns() {
        return syns;
    }

    /** The server's SYN-ACKs. */
    public List<Segment> synAcks() {
        return synAcks;
    }

    /** The client's first segment behind the SYN that is no RST, or null. */
    public Segment firstAfterHandshake() {
        return toServer.segments().stream()
                .filter(s -> !s.syn() && !s.rst())
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether the client saw the handshake through: it answered a SYN-ACK, or the recording began
     * later and shows both sides exchanging.
     */
    public boolean established() {
        if (!synAcks().isEmpty()) {
            // The client's own packets may be missing from the recording; an answer to them is not.
            return firstAfterHandshake() != null
                    || toClient.segments().stream().anyMatch(s -> !s.syn() && s.ackOffset() > 0);
        }
        return syns().isEmpty() || !toClient.data().isEmpty();
    }

    /**
     * The round trip in nanoseconds as the handshake shows it (SYN-ACK to SYN sent once), or else
     * the shortest from data to its acknowledgment; -1 where neither was seen.
     */
    public long roundTripNanos() {
        return roundTripNanos;
    }

    private long measureRoundTrip() {
        if (!syns.isEmpty() && !synAcks.isEmpty()) {
            Segment answered = syns.get(0);
            for (Segment syn : syns) {
                // After a repeated SYN only the latest one before the answer is unambiguous.
                if (syn.timeNanos() <= synAcks.get(0).timeNanos()) {
                    answered = syn;
                }
            }
            long echo = synAcks.get(0).tcp().options().timestampEcho();
            for (Segment syn : syns) {
                if (echo >= 0 && syn.tcp().options().timestampValue() == echo) {
                    answered = syn;
                    break;
                }
            }
            long trip = synAcks.get(0).timeNanos() - answered.timeNanos();
            if (trip >= 0) {
                return trip;
            }
        }
        long best = -1;
        for (Segment sent : toServer.data()) {
            if (sent.retransmission()) {
                continue;
            }
            long acked = toServer.ackTimeOf(sent.end());
            if (acked >= sent.timeNanos() && (best < 0 || acked - sent.timeNanos() < best)) {
                best = acked - sent.timeNanos();
            }
        }
        return best;
    }

    /** The MSS announced in the direction that limits the client's segments, or -1. */
    public int serverMaximumSegmentSize() {
        return synAcks().isEmpty() ? -1 : synAcks().get(0).tcp().options().maximumSegmentSize();
    }

    /** The MSS the client announced, or -1. */
    public int clientMaximumSegmentSize() {
        return syns().isEmpty() ? -1 : syns().get(0).tcp().options().maximumSegmentSize();
    }

    /** The first FIN or RST of either side, or null. */
    public Segment firstClose() {
        return firstClose;
    }

    @Override
    public String toString() {
        return client + " > " + server;
    }
}
