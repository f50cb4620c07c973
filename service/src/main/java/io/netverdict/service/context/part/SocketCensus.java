package io.netverdict.service.context.part;

import io.netverdict.correlator.context.SocketUseContext;
import io.netverdict.nativelib.sockdiag.ListedSocket;
import io.netverdict.nativelib.sockdiag.SocketDiag;
import io.netverdict.nativelib.sockdiag.TcpSocket;
import io.netverdict.nativelib.sockdiag.TcpState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All TCP sockets of the calling thread's namespace, counted at one moment.
 *
 * @param towards those that are towards a wanted port and not merely waiting out their time
 */
public record SocketCensus(
        Map<String, Integer> states,
        int portsFrom,
        int portsTo,
        int portsUsed,
        Map<InetSocketAddress, Integer> usedTowards,
        List<TcpSocket> towards,
        boolean complete) {
    private static final String PORT_RANGE = "net/ipv4/ip_local_port_range";
    private static final int MAX_SOCKETS = 50_000;
    private static final int MAX_TOWARDS = 32;
    private static final int PORTS = 65_536;
    private static final double NEARLY_ALL = 0.9;

    /**
     * Whether so many local ports may be taken that there is none left towards some target: told by
     * the kernel's own counts, without walking through its table of sockets.
     */
    public static boolean portsMayBeShort() throws IOException {
        int[] range = portRange();
        return SocketCounts.read() >= NEARLY_ALL * (range[1] - range[0]);
    }

    private static int[] portRange() throws IOException {
        String[] range = KernelSetting.text(PORT_RANGE).split("\\s+");
        return new int[] {Integer.parseInt(range[0]), Integer.parseInt(range[1])};
    }

    /**
     * Counts them.
     *
     * @param remotePorts of the request's targets
     */
    public static SocketCensus take(Set<Integer> remotePorts) throws IOException {
        int[] range = portRange();
        Counting counting = new Counting(remotePorts, range[0], range[1]);
        boolean complete;
        try (SocketDiag diag = SocketDiag.open()) {
            complete = diag.each(counting::count);
        }
        Map<String, Integer> states = new LinkedHashMap<>();
        counting.states.forEach((state, count) -> states.put(state.name(), count));
        return new SocketCensus(
                states,
                counting.from,
                counting.to,
                counting.used.cardinality(),
                counting.usedTowards,
                counting.towards,
                complete);
    }

    /** Not thread-safe. */
    private static final class Counting {
        private final Set<Integer> remotePorts;
        private final int from;
        private final int to;
        private final Map<TcpState, Integer> states = new EnumMap<>(TcpState.class);
        private final BitSet used = new BitSet(PORTS);
        private final Map<InetSocketAddress, Integer> usedTowards = new HashMap<>();
        private final List<TcpSocket> towards = new ArrayList<>();
        private int sockets;

        Counting(Set<Integer> remotePorts, int from, int to) {
            this.remotePorts = remotePorts;
            this.from = from;
            this.to = to;
        }

        boolean count(ListedSocket socket) {
            states.merge(socket.state(), 1, Integer::sum);
            int local = socket.localPort();
            boolean inRange = local >= from && local <= to;
            if (inRange) {
                used.set(local);
            }
            if (remotePorts.contains(socket.remotePort())) {
                socket.read().ifPresent(whole -> countTowards(whole, inRange));
            }
            return ++sockets < MAX_SOCKETS;
        }

        private void countTowards(TcpSocket socket, boolean inRange) {
            if (inRange) {
                usedTowards.merge(socket.remote(), 1, Integer::sum);
            }
            if (socket.inode() != 0 && towards.size() < MAX_TOWARDS) {
                towards.add(socket);
            }
        }
    }

    /** The census for a context. */
    public SocketUseContext toContext(long listenOverflows) {
        List<SocketUseContext.Target> targets = new ArrayList<>();
        usedTowards.forEach(
                (remote, count) ->
                        targets.add(new SocketUseContext.Target(Addresses.text(remote), count)));
        targets.sort(
                java.util.Comparator.comparingInt(SocketUseContext.Target::portsUsed).reversed());
        return new SocketUseContext(
                states,
                portsFrom,
                portsTo,
                portsUsed,
                targets.subList(0, Math.min(MAX_TOWARDS, targets.size())),
                listenOverflows,
                complete);
    }
}
