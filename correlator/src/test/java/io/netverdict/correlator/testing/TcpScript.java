package io.netverdict.correlator.testing;

import java.util.List;

/** A scripted TCP connection: its two ends and what they often do. */
public record TcpScript(TcpEnd client, TcpEnd server) {

    /** The handshake, seen at the client: SYN at a time, SYN-ACK one round trip later, ACK. */
    public List<TcpPacket> opens(double atSeconds, double roundTripSeconds) {
        TcpPacket syn = client.at(atSeconds).syn();
        TcpPacket synAck = server.at(atSeconds + roundTripSeconds).synAck();
        return List.of(syn, synAck, client.acks());
    }

    /** A request and its response in one segment each, and the acknowledgment. */
    public List<TcpPacket> exchanges(
            double atSeconds, double tookSeconds, String request, String response) {
        TcpPacket asked = client.at(atSeconds).sends(request);
        TcpPacket answered = server.at(atSeconds + tookSeconds).sends(response);
        return List.of(asked, answered, client.acks());
    }
}
