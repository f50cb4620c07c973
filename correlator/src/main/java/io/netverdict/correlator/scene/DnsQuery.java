package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.dns.DnsMessage;
import java.util.Optional;

/**
 * One DNS query packet and what came back for it.
 *
 * @param name asked for, lower case
 * @param type asked for, see DNS type numbers
 * @param message the query
 * @param packet the query's packet
 * @param response the first answer to it, however late; null for none
 * @param responsePacket the answer's packet, or null
 * @param responseBroken whether the answer came in fragments of which some are missing
 * @param unreachable the ICMP error it drew, or null
 * @param overTcp whether it was sent over TCP
 */
public record DnsQuery(
        String name,
        int type,
        Endpoint client,
        Endpoint server,
        DnsMessage message,
        DecodedPacket packet,
        DnsMessage response,
        DecodedPacket responsePacket,
        boolean responseBroken,
        IcmpError unreachable,
        boolean overTcp) {

    public long sentNanos() {
        return packet.timeNanos();
    }

    /** Whether an answer came whole and not later than a time. */
    public boolean answeredBy(long nanos) {
        return response != null && !responseBroken && responsePacket.timeNanos() <= nanos;
    }

    public Optional<Long> answeredNanos() {
        return response == null || responseBroken
                ? Optional.empty()
                : Optional.of(responsePacket.timeNanos());
    }
}
