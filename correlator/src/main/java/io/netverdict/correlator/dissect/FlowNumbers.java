package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.recording.FlowKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers flows from 1 in the order of their first packets: TCP by connection, so that a reused
 * port is another flow, all else by address pair and ports. The flows longest unused are forgotten
 * beyond {@link #MAX_FLOWS}, and numbered anew when they go on. Not thread-safe.
 */
final class FlowNumbers {
    static final int MAX_FLOWS = 1 << 20;

    private final Map<Object, Integer> numbers =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Object, Integer> eldest) {
                    return size() > MAX_FLOWS;
                }
            };
    private int last;

    /** The number of a connection, by its number among connections. */
    int ofConnection(int stream) {
        return number(stream);
    }

    /** The number of another packet's flow, 0 without IP. */
    int of(DecodedPacket packet) {
        if (!(packet.network() instanceof NetworkHeader.Ip ip)) {
            return 0;
        }
        return number(FlowKey.of(ip.protocol(), packet.source(), packet.destination()));
    }

    /** The number of a fragment's flow, which has no ports: most fragments do not say them. */
    int ofFragment(NetworkHeader.Ip ip) {
        Endpoint source = new Endpoint(ip.source(), 0);
        return number(FlowKey.of(ip.protocol(), source, new Endpoint(ip.destination(), 0)));
    }

    private int number(Object key) {
        Integer number = numbers.get(key);
        if (number == null) {
            number = ++last;
            numbers.put(key, number);
        }
        return number;
    }
}
