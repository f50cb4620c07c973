package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.NetworkHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fragments of one IP datagram (RFC 791 3.2, RFC 8200 4.5).
 *
 * @param fragments in order of arrival
 * @param complete whether all of the datagram arrived
 */
public record FragmentTrain(
        IpAddress source,
        IpAddress destination,
        int protocol,
        List<DecodedPacket> fragments,
        boolean complete) {

    /** Identifications are used again after this long at the latest. */
    private static final long REASSEMBLY_NANOS = 60_000_000_000L;

    private record Key(IpAddress source, IpAddress destination, int protocol, long id) {}

    public FragmentTrain {
        fragments = List.copyOf(fragments);
    }

    /** The fragment that holds the transport header, or null where it is missing. */
    public DecodedPacket first() {
        return fragments.stream()
                .filter(p -> p.ip().fragmentOffset() == 0)
                .findFirst()
                .orElse(null);
    }

    public long firstNanos() {
        return fragments.get(0).timeNanos();
    }

    /** The trains of all fragments among some packets. */
    public static List<FragmentTrain> of(List<DecodedPacket> packets) {
        Map<Key, List<DecodedPacket>> open = new LinkedHashMap<>();
        List<FragmentTrain> trains = new ArrayList<>();
        for (DecodedPacket packet : packets) {
            NetworkHeader.Ip ip = packet.ip();
            if (ip == null || !ip.isFragment()) {
                continue;
            }
            Key key = new Key(ip.source(), ip.destination(), ip.protocol(), ip.identification());
            List<DecodedPacket> train = open.get(key);
            if (train != null && packet.timeNanos() - train.get(0).timeNanos() > REASSEMBLY_NANOS) {
                trains.add(train(open.remove(key)));
                train = null;
            }
            if (train == null) {
                train = new ArrayList<>();
                open.put(key, train);
            }
            train.add(packet);
        }
        open.values().forEach(train -> trains.add(train(train)));
        return trains;
    }

    private static FragmentTrain train(List<DecodedPacket> fragments) {
        NetworkHeader.Ip ip = fragments.get(0).ip();
        return new FragmentTrain(
                ip.source(), ip.destination(), ip.protocol(), fragments, whole(fragments));
    }

    private static boolean whole(List<DecodedPacket> fragments) {
        List<NetworkHeader.Ip> sorted = new ArrayList<>();
        fragments.forEach(f -> sorted.add(f.ip()));
        sorted.sort((a, b) -> Integer.compare(a.fragmentOffset(), b.fragmentOffset()));
        int covered = 0;
        boolean ended = false;
        for (NetworkHeader.Ip ip : sorted) {
            if (ip.fragmentOffset() > covered) {
                return false;
            }
            covered = Math.max(covered, ip.fragmentOffset() + ip.payloadWireLength());
            ended |= !ip.moreFragments();
        }
        return ended;
    }
}
