package io.netverdict.correlator.testing;

import io.netverdict.correlator.probe.CertificateFault;
import io.netverdict.correlator.probe.ConnectProbe;
import io.netverdict.correlator.probe.NameServerProbe;
import io.netverdict.correlator.probe.PathMtuProbe;
import io.netverdict.correlator.probe.PingProbe;
import io.netverdict.correlator.probe.ProbeTime;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.probe.RouteProbe;
import io.netverdict.correlator.probe.TlsProbe;
import io.netverdict.correlator.tls.CertificateInfo;
import java.util.List;

/** Results of probes that ran a minute into a script, each of 20 ms. */
public final class Probed {
    private static final long ROUND_TRIP_NANOS = 20_000_000L;
    private static final ProbeTime TIME =
            new ProbeTime(
                    PacketScript.START_NANOS + 60_000_000_000L,
                    PacketScript.START_NANOS + 60_000_000_000L + ROUND_TRIP_NANOS);
    private static final int PINGS = 3;
    private static final int ETHERNET_MTU_BYTES = 1500;

    private Probed() {}

    public static ConnectProbe connect(String target, Reply reply) {
        return new ConnectProbe(PacketScript.endpoint(target), TIME, reply, null);
    }

    public static PingProbe pingAnswered(String target) {
        return new PingProbe(
                PacketScript.address(target), TIME, PINGS, PINGS, ROUND_TRIP_NANOS, null);
    }

    public static PingProbe pingSilent(String target) {
        return new PingProbe(PacketScript.address(target), TIME, PINGS, 0, -1, null);
    }

    /** A traceroute whose last words are a router's. */
    public static RouteProbe routeSeenUpTo(String target, String router) {
        return new RouteProbe(
                PacketScript.endpoint(target),
                true,
                TIME,
                List.of(new RouteProbe.Hop(PacketScript.address(router), ROUND_TRIP_NANOS)),
                Reply.SILENT,
                null,
                null);
    }

    /** An A query over UDP; the code only where there was an answer. */
    public static NameServerProbe nameServer(String server, Reply reply, String rcode) {
        return new NameServerProbe(
                PacketScript.endpoint(server),
                false,
                "a.example",
                "A",
                TIME,
                reply,
                rcode,
                List.of(),
                null);
    }

    /** A path behind an Ethernet interface; nobody sends ICMP where {@code toldBy} is null. */
    public static PathMtuProbe pathMtu(String target, int mtuBytes, String toldBy) {
        return new PathMtuProbe(
                PacketScript.address(target),
                TIME,
                "icmp echo",
                mtuBytes,
                ETHERNET_MTU_BYTES,
                toldBy == null ? null : PacketScript.address(toldBy),
                null);
    }

    /** A handshake that showed one certificate. */
    public static TlsProbe tls(
            String target,
            String serverName,
            CertificateInfo certificate,
            String trust,
            CertificateFault... faults) {
        return new TlsProbe(
                PacketScript.endpoint(target),
                serverName,
                TIME,
                Reply.ANSWERED,
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                null,
                List.of(certificate),
                List.of(faults),
                trust,
                false,
                null);
    }

    /** A handshake that ended before a certificate came. */
    public static TlsProbe tlsUnanswered(String target, String serverName) {
        return new TlsProbe(
                PacketScript.endpoint(target),
                serverName,
                TIME,
                Reply.SILENT,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                false,
                null);
    }

    /** A connect that could not be made; it says nothing about the other side. */
    public static ConnectProbe connectNotSent(String target) {
        return new ConnectProbe(
                PacketScript.endpoint(target), TIME, Reply.NOT_SENT, "Network is unreachable");
    }
}
