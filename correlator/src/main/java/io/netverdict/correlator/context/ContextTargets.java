package io.netverdict.correlator.context;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.util.List;
import java.util.Set;

/**
 * What of the machine matters to an error. Immutable.
 *
 * @param fromNanos when the request began, as well as it is known, nanoseconds since the epoch
 * @param toNanos when it had failed
 * @param hosts names it was for
 * @param addresses those of the hosts and of the proxy
 * @param flows of the request, connections before lookups
 * @param interfaces names of the interfaces that recorded its packets; none where there are none
 */
public record ContextTargets(
        long fromNanos,
        long toNanos,
        Set<String> hosts,
        Set<IpAddress> addresses,
        List<Flow> flows,
        Set<String> interfaces) {

    /**
     * A flow of the request.
     *
     * @param protocol the IP protocol number
     * @param client the end on this machine
     */
    public record Flow(int protocol, Endpoint client, Endpoint server) {
        // Written out, as in Endpoint.
        @Override
        public boolean equals(Object other) {
            return other instanceof Flow that
                    && protocol == that.protocol
                    && client.equals(that.client)
                    && server.equals(that.server);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * client.hashCode() + server.hashCode()) + protocol;
        }
    }

    public ContextTargets {
        hosts = Set.copyOf(hosts);
        addresses = Set.copyOf(addresses);
        flows = List.copyOf(flows);
        interfaces = Set.copyOf(interfaces);
    }
}
