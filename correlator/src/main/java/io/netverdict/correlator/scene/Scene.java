package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.List;
import java.util.Set;

/**
 * What a recording shows of a stretch of time, sorted but not judged. Immutable.
 *
 * @param packets all of them, without copies, in order of the recording
 * @param connections by first packet
 * @param dnsQueries by time
 * @param icmpErrors by time
 * @param neighborQueries one for each address asked for
 * @param fragmentTrains fragmented datagrams
 * @param localAddresses addresses taken to be the recording host's own
 */
public record Scene(
        Coverage coverage,
        List<DecodedPacket> packets,
        List<TcpConnection> connections,
        List<DnsQuery> dnsQueries,
        List<IcmpError> icmpErrors,
        List<NeighborQuery> neighborQueries,
        List<FragmentTrain> fragmentTrains,
        NameBook names,
        Set<IpAddress> localAddresses) {

    public Scene {
        packets = List.copyOf(packets);
        connections = List.copyOf(connections);
        dnsQueries = List.copyOf(dnsQueries);
        icmpErrors = List.copyOf(icmpErrors);
        neighborQueries = List.copyOf(neighborQueries);
        fragmentTrains = List.copyOf(fragmentTrains);
        localAddresses = Set.copyOf(localAddresses);
    }

    /** ICMP errors about packets from one end of a connection to the other. */
    public List<IcmpError> errorsAbout(TcpConnection connection) {
        return errorsAbout(IpProtocol.TCP, connection.client(), connection.server()).stream()
                .filter(
                        e ->
                                e.packet().timeNanos() >= connection.firstNanos()
                                        && e.packet().timeNanos()
                                                <= connection.lastNanos() + 60_000_000_000L)
                .toList();
    }

    /** ICMP errors that quote a packet from one endpoint to another. */
    public List<IcmpError> errorsAbout(int protocol, Endpoint from, Endpoint to) {
        return icmpErrors.stream().filter(e -> e.quotes(protocol, from, to)).toList();
    }

    /** Fragmented datagrams between two hosts that never became whole. */
    public List<FragmentTrain> brokenTrains(IpAddress from, IpAddress to, int protocol) {
        return fragmentTrains.stream()
                .filter(
                        t ->
                                !t.complete()
                                        && t.protocol() == protocol
                                        && t.source().equals(from)
                                        && t.destination().equals(to))
                .toList();
    }
}
