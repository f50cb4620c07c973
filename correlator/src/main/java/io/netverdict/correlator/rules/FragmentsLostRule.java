package io.netverdict.correlator.rules;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.FragmentTrain;
import io.netverdict.correlator.scene.IcmpError;
import java.util.ArrayList;
import java.util.List;

/** {@code path.fragments-lost} on a connection: datagrams of either side that never get whole. */
public final class FragmentsLostRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        List<FragmentTrain> broken = new ArrayList<>();
        broken.addAll(
                c.scene()
                        .brokenTrains(
                                c.tcp().server().address(),
                                c.tcp().client().address(),
                                IpProtocol.TCP));
        broken.removeIf(
                t ->
                        t.firstNanos() < c.tcp().firstNanos()
                                || t.firstNanos() > c.giveUpNanos()
                                || !sameConnection(t, c));
        List<IcmpError> reassembly =
                c.icmpErrors().stream().filter(IcmpError::reassemblyExceeded).toList();
        if (broken.isEmpty() && reassembly.isEmpty()) {
            return List.of();
        }
        List<DecodedPacket> packets = new ArrayList<>();
        broken.forEach(t -> packets.addAll(t.fragments()));
        Finding.Builder finding =
                Finding.of(Cause.PATH_FRAGMENTS_LOST)
                        .strength(broken.size() > 1 || !reassembly.isEmpty() ? 0.95 : 0.8)
                        .blame(c.pathBlame())
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                broken.isEmpty()
                                        ? c.peer()
                                                + " could not put the client's fragments together"
                                        : Figures.count(broken.size(), "fragmented datagram")
                                                + " from "
                                                + c.peer()
                                                + " never complete: fragments are lost on the way")
                        .detail(
                                "A router fragments the packets and a firewall or NAT further on drops"
                                        + " the fragments.");
        if (!broken.isEmpty()) {
            finding.evidencePackets("fragments whose other parts never came", packets);
        }
        if (!reassembly.isEmpty()) {
            finding.evidencePackets(
                    reassembly.get(0).describe(),
                    reassembly.stream().map(IcmpError::packet).toList());
        }
        return List.of(finding.build());
    }

    private static boolean sameConnection(FragmentTrain train, ConnectionCase c) {
        DecodedPacket first = train.first();
        return first == null
                || first.tcp() == null
                || first.tcp().destinationPort() == c.tcp().client().port()
                        && first.tcp().sourcePort() == c.tcp().server().port();
    }
}
