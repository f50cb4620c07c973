package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.util.List;

/**
 * A name server asked for a host's addresses.
 *
 * @param overTcp whether over TCP rather than UDP
 * @param name asked for
 * @param type of the record, for example {@code AAAA}
 * @param rcode its response code by name; null without an answer
 * @param addresses of the answer
 */
public record NameServerProbe(
        Endpoint server,
        boolean overTcp,
        String name,
        String type,
        ProbeTime time,
        Reply reply,
        String rcode,
        List<IpAddress> addresses,
        String problem)
        implements ProbeResult {
    public NameServerProbe {
        addresses = List.copyOf(addresses);
    }
}
