package io.netverdict.service.context.part;

import io.netverdict.correlator.context.ContextTargets.Flow;
import io.netverdict.correlator.context.SocketContext;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.sockdiag.SocketDiag;
import io.netverdict.nativelib.sockdiag.TcpInfo;
import io.netverdict.nativelib.sockdiag.TcpSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sockets of the request, as they were when they were first looked at. */
public final class SocketParts {
    private static final int TCP = 6;

    private SocketParts() {}

    /** The sockets of these flows that are still open, by flow. */
    public static Map<Flow, TcpSocket> find(List<Flow> flows) throws IOException {
        Map<Flow, TcpSocket> found = new LinkedHashMap<>();
        try (SocketDiag diag = SocketDiag.open()) {
            for (Flow flow : flows) {
                if (flow.protocol() == TCP) {
                    find(diag, flow).ifPresent(socket -> found.put(flow, socket));
                }
            }
        }
        return found;
    }

    private static Optional<TcpSocket> find(SocketDiag diag, Flow flow) throws NetlinkException {
        return diag.find(Addresses.of(flow.client()), Addresses.of(flow.server()));
    }

    /**
     * @param owners by inode
     */
    public static List<SocketContext> of(
            List<TcpSocket> sockets, Map<Long, SocketContext.Owner> owners) {
        List<SocketContext> parts = new ArrayList<>();
        for (TcpSocket socket : sockets) {
            TcpInfo info = socket.info().orElse(null);
            parts.add(
                    new SocketContext(
                            Addresses.text(socket.local()),
                            Addresses.text(socket.remote()),
                            socket.state().name(),
                            socket.receiveQueueBytes(),
                            socket.receiveBufferBytes() < 0 ? null : socket.receiveBufferBytes(),
                            socket.sendQueueBytes(),
                            info == null ? null : info.roundTripMicros(),
                            info == null ? null : info.retransmitTimeoutMicros(),
                            info == null ? null : info.congestionWindowSegments(),
                            info == null ? null : (long) info.retransmitsInARow(),
                            info == null ? null : info.retransmittedSegments(),
                            info == null ? null : info.unackedSegments(),
                            info == null ? null : info.lostSegments(),
                            info == null ? null : info.pathMtuBytes(),
                            info == null ? null : info.segmentSizeBytes(),
                            socket.userId(),
                            owners.get(socket.inode())));
        }
        return parts;
    }
}
