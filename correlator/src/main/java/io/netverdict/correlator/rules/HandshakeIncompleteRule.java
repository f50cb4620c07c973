package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code tcp.handshake-incomplete}: the SYN-ACK arrives, and nothing sent after it is ever
 * acknowledged.
 */
public final class HandshakeIncompleteRule implements ConnectionRule {

    private static final int LARGE_BYTES = 1000;

    /** Both causes fit: below what counts as sure, and as solid. */
    private static final double LARGE_ONLY = 0.55;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        List<Segment> synAcks =
                c.tcp().synAcks().stream().filter(s -> s.timeNanos() <= c.deadlineNanos()).toList();
        if (synAcks.isEmpty()) {
            return List.of();
        }
        long giveUp = c.giveUpNanos();
        Segment firstSynAck = synAcks.get(0);
        boolean acked = c.tcp().toServer().anythingAcked();
        boolean otherFromServer =
                c.tcp().toClient().segments().stream()
                        .anyMatch(s -> !s.syn() && s.timeNanos() <= giveUp);
        if (acked || otherFromServer) {
            return synAcks.size() > 1
                    ? List.of(
                            new Rejection(
                                    Cause.TCP_HANDSHAKE_INCOMPLETE,
                                    "data after the SYN-ACK was acknowledged"))
                    : List.of();
        }
        List<Segment> data =
                c.tcp().toServer().data().stream().filter(s -> s.timeNanos() <= giveUp).toList();
        List<Segment> synsAfter =
                c.tcp().syns().stream()
                        .filter(s -> s.timeNanos() > firstSynAck.timeNanos())
                        .toList();
        boolean repeatedSynAck = synAcks.size() > 1;
        boolean repeatedData = data.stream().filter(Segment::retransmission).count() > 0;
        boolean clientHello = c.tls().flatMap(t -> t.clientHello()).isPresent();
        if (!synsAfter.isEmpty() && data.isEmpty()) {
            return List.of(synAckIgnored(c, synAcks, synsAfter));
        }
        if (!repeatedSynAck && !repeatedData) {
            return List.of();
        }
        if (clientHello && !repeatedSynAck) {
            return List.of(
                    new Rejection(
                            Cause.TCP_HANDSHAKE_INCOMPLETE,
                            "the SYN-ACK is not repeated, so the handshake's last ACK arrived"));
        }
        String what = data.isEmpty() ? "the client's ACK" : "the client's data";
        Finding.Builder finding =
                Finding.of(Cause.TCP_HANDSHAKE_INCOMPLETE)
                        .strength(repeatedSynAck ? 0.96 : onlyLargeLost(data) ? LARGE_ONLY : 0.9)
                        .blame(c.pathBlame())
                        .decidedAt(giveUp)
                        .hint(
                                "SYN-ACK from "
                                        + c.peer()
                                        + " came, but nothing sent after it got through"
                                        + (repeatedSynAck
                                                ? ": SYN-ACK repeated "
                                                        + Figures.count(synAcks.size() - 1L, "time")
                                                : "")
                                        + (data.isEmpty()
                                                ? ""
                                                : ", data sent "
                                                        + Figures.count(data.size(), "time")))
                        .detail(
                                "The first packets of the handshake pass and later ones towards the"
                                        + " server (or all of them) do not: a stateful firewall, an"
                                        + " asymmetric route or a full accept queue.")
                        .evidence(
                                "SYN-ACK of the server, "
                                        + Figures.times(synAcks, firstSynAck.timeNanos()),
                                synAcks);
        if (!data.isEmpty()) {
            finding.evidence(
                    what
                            + " sent at "
                            + Figures.times(data, firstSynAck.timeNanos())
                            + " after the SYN-ACK, never acknowledged",
                    data);
        }
        return List.of(finding.build());
    }

    /**
     * Without a repeated SYN-ACK the handshake's last ACK, a small packet, may have arrived: large
     * segments alone may be what is lost.
     */
    private static boolean onlyLargeLost(List<Segment> data) {
        return !data.isEmpty() && data.stream().allMatch(s -> s.length() >= LARGE_BYTES);
    }

    /** The SYN-ACK is on this wire and yet the client repeats its SYN: dropped on the own host. */
    private static Finding synAckIgnored(
            ConnectionCase c, List<Segment> synAcks, List<Segment> synsAfter) {
        return Finding.of(Cause.TCP_HANDSHAKE_INCOMPLETE)
                .strength(0.75)
                .blame(c.pathBlame())
                .decidedAt(c.giveUpNanos())
                .hint(
                        "SYN-ACK from "
                                + c.peer()
                                + " reached this host, yet the client repeated its SYN: dropped behind"
                                + " the capture point")
                .evidence("SYN-ACKs that arrived", synAcks)
                .evidence("SYNs repeated after the first SYN-ACK", synsAfter)
                .build();
    }
}
