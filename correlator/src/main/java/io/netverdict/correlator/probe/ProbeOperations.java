package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.account.Times;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.correlator.model.Outcome;
import io.netverdict.correlator.probe.RouteProbe.Hop;
import io.netverdict.correlator.tls.CertificateInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts results into the contract's words: an operation of kind {@code probe} each. */
public final class ProbeOperations {
    private static final int MAX_NAMES = 20;

    private ProbeOperations() {}

    /** The operations of a report, in its order. */
    public static List<Operation> of(ProbeReport report) {
        return report.results().stream().map(ProbeOperations::of).toList();
    }

    private static Operation of(ProbeResult result) {
        Map<String, Object> detail = new LinkedHashMap<>();
        if (result instanceof NameServerProbe probe) {
            return nameServer(probe, detail);
        } else if (result instanceof ConnectProbe probe) {
            detail.put("probe", "connect");
            detail.put("reply", probe.reply().word());
            return of(probe, probe.target().toString(), outcome(probe.reply()), detail);
        } else if (result instanceof TlsProbe probe) {
            return tls(probe, detail);
        } else if (result instanceof PingProbe probe) {
            return ping(probe, detail);
        } else if (result instanceof PathMtuProbe probe) {
            return pathMtu(probe, detail);
        } else if (result instanceof RouteProbe probe) {
            return route(probe, detail);
        }
        return proxy((ProxyProbe) result, detail);
    }

    private static Operation nameServer(NameServerProbe probe, Map<String, Object> detail) {
        detail.put("probe", "name server");
        detail.put("over", probe.overTcp() ? "tcp" : "udp");
        detail.put("asked", probe.name() + " " + probe.type());
        detail.put("reply", probe.reply().word());
        put(detail, "rcode", probe.rcode());
        if (!probe.addresses().isEmpty()) {
            detail.put("answers", probe.addresses().stream().map(IpAddress::toString).toList());
        }
        return of(probe, probe.server().toString(), outcome(probe.reply()), detail);
    }

    private static Operation tls(TlsProbe probe, Map<String, Object> detail) {
        detail.put("probe", "tls");
        detail.put("serverName", probe.serverName());
        detail.put("reply", probe.reply().word());
        put(detail, "version", probe.version());
        put(detail, "cipherSuite", probe.cipherSuite());
        put(detail, "applicationProtocol", probe.applicationProtocol());
        if (!probe.chain().isEmpty()) {
            detail.put("faults", probe.faults().stream().map(CertificateFault::word).toList());
            put(detail, "trust", probe.trust());
            detail.put("chain", probe.chain().stream().map(ProbeOperations::certificate).toList());
        }
        if (probe.clientCertificateWanted()) {
            detail.put("clientCertificateWanted", true);
        }
        Outcome outcome =
                probe.faults().isEmpty() || probe.reply() != Reply.ANSWERED
                        ? outcome(probe.reply())
                        : Outcome.FAILED;
        return of(probe, probe.target().toString(), outcome, detail);
    }

    private static Map<String, Object> certificate(CertificateInfo certificate) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("subject", certificate.subject());
        detail.put("issuer", certificate.issuer());
        detail.put("notBefore", certificate.notBefore().toString());
        detail.put("notAfter", certificate.notAfter().toString());
        detail.put(
                "names",
                Stream.concat(certificate.dnsNames().stream(), certificate.ipNames().stream())
                        .limit(MAX_NAMES)
                        .toList());
        return detail;
    }

    private static Operation ping(PingProbe probe, Map<String, Object> detail) {
        detail.put("probe", "ping");
        detail.put("sent", probe.sent());
        detail.put("received", probe.received());
        if (probe.answered()) {
            detail.put("roundTripMillis", millis(probe.bestRoundTripNanos()));
        }
        Outcome outcome =
                probe.answered()
                        ? Outcome.OK
                        : probe.sent() == 0 ? Outcome.UNFINISHED : Outcome.TIMEOUT;
        return of(probe, probe.target().toString(), outcome, detail);
    }

    private static Operation pathMtu(PathMtuProbe probe, Map<String, Object> detail) {
        detail.put("probe", "path mtu");
        if (probe.found()) {
            detail.put("mtuBytes", probe.mtuBytes());
        }
        if (probe.firstHopBytes() > 0) {
            detail.put("interfaceMtuBytes", probe.firstHopBytes());
        }
        put(detail, "by", probe.method());
        if (probe.narrow()) {
            detail.put(
                    "icmp", probe.toldBy() == null ? "none: filtered" : "from " + probe.toldBy());
        }
        Outcome outcome = probe.found() ? Outcome.OK : Outcome.UNFINISHED;
        return of(probe, probe.target().toString(), outcome, detail);
    }

    private static Operation route(RouteProbe probe, Map<String, Object> detail) {
        detail.put("probe", "traceroute");
        detail.put("over", probe.overTcp() ? "tcp" : "udp");
        detail.put("reply", probe.reply().word());
        put(detail, "stoppedBy", probe.stoppedBy());
        List<String> hops = new ArrayList<>();
        for (Hop hop : probe.hops()) {
            hops.add(
                    hop.router() == null
                            ? "*"
                            : hop.router() + " " + millis(hop.roundTripNanos()) + " ms");
        }
        detail.put("hops", hops);
        Outcome outcome = probe.reached() ? Outcome.OK : outcome(probe.reply());
        return of(probe, probe.target().toString(), outcome, detail);
    }

    private static Operation proxy(ProxyProbe probe, Map<String, Object> detail) {
        detail.put("probe", "proxy connect");
        detail.put("via", probe.proxy().toString());
        detail.put("reply", probe.reply().word());
        if (probe.status() > 0) {
            detail.put("status", probe.status());
            put(detail, "reason", probe.reason().isEmpty() ? null : probe.reason());
        }
        boolean refused = probe.status() > 0 && (probe.status() < 200 || probe.status() > 299);
        Outcome outcome = refused ? Outcome.FAILED : outcome(probe.reply());
        return of(probe, probe.target(), outcome, detail);
    }

    private static Operation of(
            ProbeResult result, String target, Outcome outcome, Map<String, Object> detail) {
        put(detail, "problem", result.problem());
        return new Operation(
                OperationKind.PROBE,
                target,
                null,
                Times.instant(result.time().startedNanos()),
                Times.instant(result.time().endedNanos()),
                outcome,
                detail);
    }

    private static Outcome outcome(Reply reply) {
        return switch (reply) {
            case ANSWERED -> Outcome.OK;
            case REFUSED, UNREACHABLE, GARBLED -> Outcome.FAILED;
            case SILENT -> Outcome.TIMEOUT;
            case NOT_SENT -> Outcome.UNFINISHED;
        };
    }

    private static void put(Map<String, Object> detail, String key, Object value) {
        if (value != null) {
            detail.put(key, value.toString());
        }
    }

    private static double millis(long nanos) {
        return nanos / 10_000 / 100.0;
    }
}
