package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.probe.ConnectProbe;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.nativelib.socket.IcmpNotice;
import io.netverdict.nativelib.socket.NetworkSocket;
import io.netverdict.nativelib.socket.NetworkSocket.Kind;
import io.netverdict.nativelib.socket.NetworkSocket.Ready;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.nativelib.socket.SocketFailure.Reason;
import io.netverdict.service.probe.flow.ProbeFlow;
import io.netverdict.service.probe.flow.ProbeSession;
import java.util.Objects;

/** Opens a TCP connection and closes it, long enough for two repeats of the SYN. */
public final class ConnectAttempt {
    private static final long TIMEOUT_NANOS = 3_500_000_000L;

    private ConnectAttempt() {}

    /** Connects once. */
    public static ConnectProbe to(ProbeSession session, Endpoint target) {
        long started = session.nowNanos();
        Reply reply;
        String problem = null;
        try (NetworkSocket socket = NetworkSocket.open(Kind.TCP, Addresses.of(target.address()))) {
            socket.bindAny();
            socket.collectErrors();
            int port = socket.local().getPort();
            try (ProbeFlow flow =
                    session.open(IpProtocol.TCP, port, target.address(), target.port())) {
                Objects.requireNonNull(flow);
                socket.connect(Addresses.of(target));
                reply = await(session, socket);
                IcmpNotice notice = socket.nextNotice();
                if (notice != null && notice.byNetwork() && reply != Reply.ANSWERED) {
                    reply = Reply.UNREACHABLE;
                    problem =
                            "ICMP type "
                                    + notice.type()
                                    + " code "
                                    + notice.code()
                                    + " from "
                                    + Addresses.of(notice.reporter());
                }
            }
        } catch (SocketFailure e) {
            reply = Reply.NOT_SENT;
            problem = e.getMessage();
        }
        return new ConnectProbe(target, session.since(started), reply, problem);
    }

    private static Reply await(ProbeSession session, NetworkSocket socket) {
        long deadline = session.deadlineAfter(TIMEOUT_NANOS);
        for (long slice = session.sliceUntil(deadline);
                slice > 0;
                slice = session.sliceUntil(deadline)) {
            Ready ready = socket.await(true, slice);
            if (ready.writable() || ready.error()) {
                Reason failed = socket.pendingError();
                return failed == null ? Reply.ANSWERED : reply(failed);
            }
        }
        return Reply.SILENT;
    }

    private static Reply reply(Reason failed) {
        return switch (failed) {
            case REFUSED -> Reply.REFUSED;
            case NO_ROUTE, NOT_PERMITTED, UNSUPPORTED -> Reply.NOT_SENT;
            default -> Reply.UNREACHABLE;
        };
    }
}
