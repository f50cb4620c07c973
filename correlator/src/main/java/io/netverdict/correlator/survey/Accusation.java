package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.scene.DnsQuery;
import java.util.List;
import java.util.Set;

/**
 * A conversation that failed or suffered. Holds no packets of its own connection, so that many can
 * be kept. Immutable.
 *
 * @param finding what happened
 * @param confidence 0 to 1, the client's words being unknown
 * @param rejections causes looked into that do not fit
 * @param client who did not get what it asked for
 * @param target whom it asked
 * @param names hosts the conversation was for; may be empty
 * @param flow of the connection, or null for a lookup
 * @param firstPacket number of the connection's first packet; tells connections of one flow apart
 * @param fromNanos the conversation's first packet
 * @param toNanos and its last
 * @param lookups queries that are the conversation, or empty for a connection
 */
record Accusation(
        Finding finding,
        double confidence,
        List<Rejection> rejections,
        IpAddress client,
        Target target,
        Set<String> names,
        FlowKey flow,
        long firstPacket,
        long fromNanos,
        long toNanos,
        List<DnsQuery> lookups) {

    /**
     * Whom a conversation was with.
     *
     * @param noun what such conversations are called: {@code connection}, {@code lookup}
     * @param host address or name
     * @param port of the host, 0 where there is none
     */
    record Target(String noun, String host, int port) {
        @Override
        public String toString() {
            return port == 0
                    ? host
                    : host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    Accusation {
        rejections = List.copyOf(rejections);
        names = Set.copyOf(names);
        lookups = List.copyOf(lookups);
    }
}
