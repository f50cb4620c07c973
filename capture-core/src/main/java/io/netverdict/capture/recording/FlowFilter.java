package io.netverdict.capture.recording;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import java.util.Set;

/**
 * Which flows are asked for: those with an end, an address or a port among these on either side,
 * those without ports, or all.
 *
 * @param ends address and port
 * @param addresses whatever the port
 * @param ports whatever the address, of TCP and UDP
 * @param withoutPorts flows of other protocols than TCP and UDP: ICMP, ARP …
 * @param all whether every flow is
 */
public record FlowFilter(
        Set<Endpoint> ends,
        Set<IpAddress> addresses,
        Set<Integer> ports,
        boolean withoutPorts,
        boolean all) {
    public static final FlowFilter ALL = new FlowFilter(Set.of(), Set.of(), Set.of(), false, true);
    public static final FlowFilter WITHOUT_PORTS =
            new FlowFilter(Set.of(), Set.of(), Set.of(), true, false);

    public FlowFilter {
        ends = Set.copyOf(ends);
        addresses = Set.copyOf(addresses);
        ports = Set.copyOf(ports);
    }

    public static FlowFilter ofEnds(Set<Endpoint> ends) {
        return new FlowFilter(ends, Set.of(), Set.of(), false, false);
    }

    public static FlowFilter ofAddresses(Set<IpAddress> addresses) {
        return new FlowFilter(Set.of(), addresses, Set.of(), false, false);
    }

    public static FlowFilter ofPorts(Set<Integer> ports) {
        return new FlowFilter(Set.of(), Set.of(), ports, false, false);
    }

    /** Whether a flow is asked for. */
    public boolean matches(FlowKey key) {
        return all
                || hasPorts(key.protocol())
                        && (ports.contains(key.low().port()) || ports.contains(key.high().port()))
                || withoutPorts && !hasPorts(key.protocol())
                || ends.contains(key.low())
                || ends.contains(key.high())
                || addresses.contains(key.low().address())
                || addresses.contains(key.high().address());
    }

    private static boolean hasPorts(int protocol) {
        return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
    }
}
