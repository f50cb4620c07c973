package io.netverdict.storage;

import io.netverdict.correlator.model.Alternative;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.FlowSummary;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.correlator.model.Outcome;
import io.netverdict.correlator.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Incidents as the correlator makes them. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");

    private Samples() {}

    /** A decided incident; the cause's usual blame. */
    static Incident incident(String id, Instant receivedAt, Cause cause, String host) {
        return incident(id, receivedAt, cause, host, null);
    }

    static Incident incident(String id, Instant receivedAt, Cause cause, String host, String key) {
        Instant startedAt = receivedAt.minusSeconds(10);
        return new Incident(
                id,
                receivedAt,
                IncidentStatus.DECIDED,
                report(receivedAt, host, key),
                verdict(cause, host),
                List.of(
                        new Operation(
                                OperationKind.RESOLVE,
                                host,
                                1,
                                startedAt,
                                startedAt.plusMillis(3),
                                Outcome.OK,
                                Map.of("answers", List.of("10.77.0.2"))),
                        new Operation(
                                OperationKind.CONNECT,
                                "10.77.0.2:8443",
                                2,
                                startedAt.plusMillis(3),
                                null,
                                Outcome.TIMEOUT,
                                Map.of("attempts", 4))),
                List.of(
                        flow(1, "udp", "10.77.0.1:53124", "10.77.0.9:53", startedAt),
                        flow(2, "tcp", "[fd00::1]:40112", "[fd00::2]:8443", startedAt)),
                Map.of("interfaces", List.of("eth0")),
                null);
    }

    static Incident collecting(String id, Instant receivedAt, String key) {
        return new Incident(
                id,
                receivedAt,
                IncidentStatus.COLLECTING,
                report(receivedAt, "datastore.example", key),
                null,
                List.of(),
                List.of(),
                Map.of(),
                null);
    }

    /** A slice of these bytes, said to hold one packet. */
    static SliceSource slice(String content) {
        return out -> {
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.close();
            return 1;
        };
    }

    private static ErrorReport report(Instant receivedAt, String host, String key) {
        return new ErrorReport(
                "Get \"https://" + host + ":8443/img\": context deadline exceeded",
                "https://user@" + host + ":8443/img?size=50%25",
                "GET",
                receivedAt,
                receivedAt.minusSeconds(10),
                "10.77.0.1:40112",
                "10.77.0.2:8443",
                null,
                "go net/http 1.22",
                key,
                Map.of("device", "camera-7"));
    }

    private static Verdict verdict(Cause cause, String host) {
        return new Verdict(
                cause,
                0.97,
                cause.usualBlame() == null ? Blame.UNKNOWN : cause.usualBlame(),
                cause.usualPhase(),
                "4 SYNs to " + host + ", no answer",
                "The machine asked four times and was never answered.",
                List.of("look at the firewall"),
                List.of(new Evidence("4 SYNs to 10.77.0.2:8443", List.of(3L, 4L, 7L, 9L))),
                List.of(new Alternative(Cause.TCP_REFUSED, 0.01, "no RST was seen")));
    }

    private static FlowSummary flow(
            int id, String protocol, String local, String remote, Instant startedAt) {
        return new FlowSummary(
                id, protocol, local, remote, 4, 1, 296, 99, 3, startedAt, startedAt.plusSeconds(7));
    }
}
