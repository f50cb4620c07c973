package io.netverdict.service.context;

import io.netverdict.nativelib.sockdiag.SocketDiag;
import io.netverdict.nativelib.sockdiag.TcpSocket;
import io.netverdict.service.context.part.Problems;
import io.netverdict.service.context.part.SocketCensus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The TCP sockets of a namespace at one moment. Apart from the {@link NamespaceSnapshot}: for them
 * the kernel walks through a table of hundreds of thousands of places, which takes longer than all
 * the rest. Immutable.
 *
 * @param takenNanos when reading began, of {@link System#nanoTime()}
 * @param ports of the report's targets
 * @param census null where sockets cannot be counted
 * @param towards the ports, with TCP_INFO
 */
record NamespaceSockets(
        long takenNanos,
        Set<Integer> ports,
        SocketCensus census,
        List<TcpSocket> towards,
        Problems problems) {

    /** Lists those of the calling thread's namespace. */
    static NamespaceSockets take(Set<Integer> ports) {
        long taken = System.nanoTime();
        Problems problems = new Problems();
        SocketCensus census = problems.read("sockets", null, () -> SocketCensus.take(ports));
        List<TcpSocket> towards = new ArrayList<>();
        if (census != null) {
            problems.read("sockets", false, () -> withInfo(census.towards(), towards));
        }
        return new NamespaceSockets(taken, ports, census, List.copyOf(towards), problems);
    }

    private static boolean withInfo(List<TcpSocket> listed, List<TcpSocket> sockets)
            throws IOException {
        if (listed.isEmpty()) {
            return true;
        }
        try (SocketDiag diag = SocketDiag.open()) {
            for (TcpSocket socket : listed) {
                diag.find(socket.local(), socket.remote()).ifPresent(sockets::add);
            }
        }
        return true;
    }
}
