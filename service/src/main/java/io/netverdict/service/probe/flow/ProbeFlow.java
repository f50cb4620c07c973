package io.netverdict.service.probe.flow;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.NetworkHeader.Ip;
import io.netverdict.capture.packet.Transport.Icmp;
import io.netverdict.capture.packet.Transport.LaterFragment;
import io.netverdict.capture.packet.Transport.QuotedPacket;
import io.netverdict.capture.recording.FlowKey;

/**
 * A flow that a probe uses, while it does: only its end changes. Thread-safe.
 *
 * <p>The own address is not part of it: routing chooses it when the first packet goes out.
 */
public final class ProbeFlow implements AutoCloseable {
    static final int ICMPV6 = 58;

    /** Answers come late, and the kernel answers them: they are the probe's, too. */
    private static final long GRACE_NANOS = 5_000_000_000L;

    /** The clock of the capture and the process's may differ by so much. */
    private static final long SLACK_NANOS = 5_000_000L;

    private final String incident;
    private final int protocol;
    private final int localPort;
    private final IpAddress remote;
    private final int remotePort;
    private final long fromNanos;
    private volatile long toNanos = Long.MAX_VALUE;

    ProbeFlow(
            String incident,
            int protocol,
            int localPort,
            IpAddress remote,
            int remotePort,
            long nowNanos) {
        this.incident = incident;
        this.protocol = protocol;
        this.localPort = localPort;
        this.remote = remote;
        this.remotePort = remotePort;
        this.fromNanos = nowNanos - SLACK_NANOS;
    }

    String incident() {
        return incident;
    }

    int localPort() {
        return localPort;
    }

    boolean isIcmp() {
        return protocol == IpProtocol.ICMP;
    }

    boolean overlaps(long from, long to) {
        return fromNanos <= to && toNanos >= from;
    }

    boolean covers(long from, long to) {
        return fromNanos <= from && toNanos >= to;
    }

    /** The probe has sent what it sends. */
    @Override
    public void close() {
        toNanos = ProbeFlows.nowNanos() + GRACE_NANOS;
    }

    /** Whether packets of a recorded flow may be of this one. */
    boolean mayHold(FlowKey key) {
        boolean icmpKey = key.protocol() == IpProtocol.ICMP || key.protocol() == ICMPV6;
        if (icmpKey) {
            // Errors about any probe come from anywhere.
            return true;
        }
        return key.protocol() == protocol
                && (matches(key.low(), key.high()) || matches(key.high(), key.low()));
    }

    private boolean matches(Endpoint own, Endpoint other) {
        return own.port() == localPort && isRemote(other.address(), other.port());
    }

    private boolean isRemote(IpAddress address, int port) {
        return remote.equals(address) && (remotePort == 0 || remotePort == port);
    }

    boolean holds(DecodedPacket packet) {
        Ip ip = packet.ip();
        if (ip == null || packet.timeNanos() < fromNanos || packet.timeNanos() > toNanos) {
            return false;
        }
        Icmp icmp = packet.icmp();
        if (icmp != null) {
            return icmp.isError() ? quotes(icmp.quoted()) : isEcho(ip, icmp);
        }
        if (isIcmp() && packet.transport() instanceof LaterFragment) {
            return ip.protocol() == IpProtocol.ICMP || ip.protocol() == ICMPV6
                    ? remote.equals(ip.source()) || remote.equals(ip.destination())
                    : false;
        }
        return ip.protocol() == protocol
                && !isIcmp()
                && (matches(packet.source(), packet.destination())
                        || matches(packet.destination(), packet.source()));
    }

    private boolean isEcho(Ip ip, Icmp icmp) {
        boolean echo =
                icmp.version() == 4
                        ? icmp.type() == Icmp.V4_ECHO || icmp.type() == Icmp.V4_ECHO_REPLY
                        : icmp.type() == Icmp.V6_ECHO || icmp.type() == Icmp.V6_ECHO_REPLY;
        return isIcmp()
                && echo
                && icmp.rest() >>> Short.SIZE == localPort
                && (remote.equals(ip.source()) || remote.equals(ip.destination()));
    }

    /** A router quotes what was sent; this host, what came too late for a closed socket. */
    private boolean quotes(QuotedPacket quoted) {
        if (quoted == null) {
            return false;
        }
        Ip ip = quoted.ip();
        if (isIcmp()) {
            return (ip.protocol() == IpProtocol.ICMP || ip.protocol() == ICMPV6)
                    && (remote.equals(ip.destination()) || remote.equals(ip.source()));
        }
        return ip.protocol() == protocol
                && quoted.hasPorts()
                && (quoted.sourcePort() == localPort
                                && isRemote(ip.destination(), quoted.destinationPort())
                        || quoted.destinationPort() == localPort
                                && isRemote(ip.source(), quoted.sourcePort()));
    }
}
