package io.netverdict.capture.index;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowFilter;
import io.netverdict.capture.recording.FlowTuple;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link FlowFilter} put to flow entries without making objects of them. Immutable.
 *
 * <p>For the {@link SegmentDigest} it knows the marks of what it asks for.
 */
public final class FlowMatcher {
    private final FlowFilter filter;
    private final long[] endHighs;
    private final long[] endLows;
    private final int[] endPorts;
    private final long[] highs;
    private final long[] lows;
    private final int[] ports;
    private final int[] marks;

    public FlowMatcher(FlowFilter filter) {
        this.filter = filter;
        List<Endpoint> ends = List.copyOf(filter.ends());
        List<IpAddress> addresses = List.copyOf(filter.addresses());
        endHighs = ends.stream().mapToLong(end -> end.address().high()).toArray();
        endLows = ends.stream().mapToLong(end -> end.address().low()).toArray();
        endPorts = ends.stream().mapToInt(Endpoint::port).toArray();
        highs = addresses.stream().mapToLong(IpAddress::high).toArray();
        lows = addresses.stream().mapToLong(IpAddress::low).toArray();
        ports = filter.ports().stream().mapToInt(Integer::intValue).toArray();
        marks = marks();
    }

    private int[] marks() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < endPorts.length; i++) {
            all.add(FlowMark.ofEnd(endHighs[i], endLows[i], endPorts[i]));
        }
        for (int i = 0; i < lows.length; i++) {
            all.add(FlowMark.ofAddress(highs[i], lows[i]));
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Whether a flow may match by its ports alone, which is one field.
     *
     * @param both two unsigned shorts, as in {@link FlowTuple#ports}
     */
    public boolean mayMatchPorts(int both) {
        if (lows.length > 0 || filter.all() || filter.withoutPorts()) {
            return true;
        }
        int low = FlowTuple.lowPort(both);
        int high = FlowTuple.highPort(both);
        return has(endPorts, low, high) || has(ports, low, high);
    }

    private static boolean has(int[] ports, int low, int high) {
        for (int port : ports) {
            if (low == port || high == port) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing but flows without ports matches. */
    public boolean isWithoutPortsAlone() {
        return filter.equals(FlowFilter.WITHOUT_PORTS);
    }

    /** Whether a segment may hold flows that match. */
    public boolean mayMatch(SegmentDigest digest) {
        if (filter.all() || filter.withoutPorts() && digest.hasWithoutPorts()) {
            return true;
        }
        for (int port : ports) {
            if (digest.hasPort(port)) {
                return true;
            }
        }
        for (int mark : marks) {
            if (digest.has(mark)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a flow matches; IPv4 and IPv6 addresses of the same bits count as one. */
    public boolean matches(FlowTuple tuple) {
        if (filter.all()) {
            return true;
        }
        int low = FlowTuple.lowPort(tuple.ports());
        int high = FlowTuple.highPort(tuple.ports());
        if (hasPorts(tuple.protocolAndFamily())) {
            if (has(ports, low, high)) {
                return true;
            }
        } else if (filter.withoutPorts()) {
            return true;
        }
        return hasEnd(tuple.lowHigh(), tuple.lowLow(), low)
                || hasEnd(tuple.highHigh(), tuple.highLow(), high);
    }

    private boolean hasEnd(long addressHigh, long addressLow, int port) {
        for (int i = 0; i < lows.length; i++) {
            if (lows[i] == addressLow && highs[i] == addressHigh) {
                return true;
            }
        }
        for (int i = 0; i < endLows.length; i++) {
            if (endLows[i] == addressLow && endHighs[i] == addressHigh && endPorts[i] == port) {
                return true;
            }
        }
        return false;
    }

    static boolean hasPorts(int protocolAndFamily) {
        int protocol = FlowTuple.protocol(protocolAndFamily);
        return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
    }
}
