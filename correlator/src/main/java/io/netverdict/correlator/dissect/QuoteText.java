package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.Transport.QuotedPacket;

/** The addresses of a packet that an ICMP error quotes, with ports where the quote has them. */
final class QuoteText {
    private QuoteText() {}

    static String source(QuotedPacket quoted) {
        return end(quoted.ip().source(), quoted, quoted.sourcePort());
    }

    static String destination(QuotedPacket quoted) {
        return end(quoted.ip().destination(), quoted, quoted.destinationPort());
    }

    private static String end(IpAddress address, QuotedPacket quoted, int port) {
        return quoted.hasPorts() ? new Endpoint(address, port).toString() : address.toString();
    }
}
