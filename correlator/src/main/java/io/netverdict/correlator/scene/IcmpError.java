package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.Transport.Icmp;
import io.netverdict.capture.packet.Transport.QuotedPacket;

/**
 * An ICMP or ICMPv6 error and the packet it quotes.
 *
 * @param byOwnHost whether the recording host made it itself
 */
public record IcmpError(DecodedPacket packet, Icmp message, boolean byOwnHost) {

    /** Who sent it. */
    public IpAddress reporter() {
        return packet.ip().source();
    }

    /** Whether the quoted packet went from one endpoint to another with this protocol. */
    public boolean quotes(int protocol, Endpoint from, Endpoint to) {
        QuotedPacket quoted = message.quoted();
        return quoted != null
                && quoted.hasPorts()
                && quoted.ip().protocol() == protocol
                && quoted.ip().source().equals(from.address())
                && quoted.ip().destination().equals(to.address())
                && quoted.sourcePort() == from.port()
                && quoted.destinationPort() == to.port();
    }

    /** Destination unreachable for good: not fragmentation-needed, packet-too-big. */
    public boolean unreachable() {
        return message.version() == 4
                ? message.type() == Icmp.V4_UNREACHABLE
                        && message.code() != Icmp.V4_CODE_FRAGMENTATION_NEEDED
                : message.type() == Icmp.V6_UNREACHABLE;
    }

    /** Unreachable because somebody forbids it (RFC 1812 5.2.7.1, RFC 4443 3.1). */
    public boolean prohibited() {
        int code = message.code();
        return unreachable()
                && (message.version() == 4
                        ? code == 9 || code == 10 || code == 13
                        : code == 1 || code == 5 || code == 6);
    }

    /** Fragmentation needed, or packet too big. */
    public boolean tooBig() {
        return message.nextHopMtu() >= 0;
    }

    /** Hop limit exceeded in transit: a loop or a path too long. */
    public boolean hopLimitExceeded() {
        return timeExceeded() && message.code() == 0;
    }

    /** Fragment reassembly time exceeded. */
    public boolean reassemblyExceeded() {
        return timeExceeded() && message.code() == Icmp.CODE_REASSEMBLY_TIME_EXCEEDED;
    }

    private boolean timeExceeded() {
        return message.version() == 4
                ? message.type() == Icmp.V4_TIME_EXCEEDED
                : message.type() == Icmp.V6_TIME_EXCEEDED;
    }

    /** The message in words, for example {@code ICMP host unreachable (3/1)}. */
    public String describe() {
        String numbers = " (" + message.type() + "/" + message.code() + ")";
        if (tooBig()) {
            return (message.version() == 4 ? "ICMP fragmentation needed" : "ICMPv6 packet too big")
                    + ", MTU "
                    + message.nextHopMtu()
                    + numbers;
        }
        if (hopLimitExceeded()) {
            return "ICMP time exceeded in transit" + numbers;
        }
        if (reassemblyExceeded()) {
            return "ICMP fragment reassembly time exceeded" + numbers;
        }
        return message.version() == 4
                ? "ICMP " + v4Unreachable(message.code()) + numbers
                : "ICMPv6 " + v6Unreachable(message.code()) + numbers;
    }

    private static String v4Unreachable(int code) {
        return switch (code) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 2 -> "protocol unreachable";
            case 3 -> "port unreachable";
            case 6 -> "network unknown";
            case 7 -> "host unknown";
            case 9 -> "network administratively prohibited";
            case 10 -> "host administratively prohibited";
            case 11, 12 -> "unreachable for this type of service";
            case 13 -> "communication administratively prohibited";
            default -> "destination unreachable";
        };
    }

    private static String v6Unreachable(int code) {
        return switch (code) {
            case 0 -> "no route to destination";
            case 1 -> "communication administratively prohibited";
            case 2 -> "beyond scope of source address";
            case 3 -> "address unreachable";
            case 4 -> "port unreachable";
            case 5 -> "source address failed policy";
            case 6 -> "reject route";
            default -> "destination unreachable";
        };
    }
}
