package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.client.ServiceClient;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.RealClient;
import io.netverdict.service.probe.ProbeSettings;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records inside a namespace from outside of it, as a machine does for its containers. */
class NamespaceRecordingTest {
    private static final long RING_BYTES = 32L << 20;
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;

    @TempDir private Path data;

    @Test
    void shouldTellOfAFailureInAnotherNamespaceWithThatNamespacesContextAndProbes()
            throws Exception {
        String problem = Lab.problem();
        assumeTrue(problem == null, () -> "skipped: no live lab here: " + problem);
        assumeTrue(RealClient.isOnPath("curl"), "skipped: curl is not installed");
        try (Lab lab = Lab.open()) {
            lab.addHost("refused.lab.example", "198.51.100.10");
            String name = lab.client().name();
            ServiceSettings settings =
                    new ServiceSettings(
                            RecorderConfig.defaults()
                                    .withRingBytes(RING_BYTES)
                                    .withKernelBufferBytes(KERNEL_BUFFER_BYTES)
                                    .withInterfaces(List.of("lo", name + "/eth0"))
                                    .withNamespaces(List.of(NetworkNamespace.of(name))),
                            data,
                            new Retention(Duration.ofDays(1), 64L << 20),
                            new InetSocketAddress("127.0.0.1", 0),
                            ServiceSettings.DEFAULT_SETTLE,
                            ProbeSettings.ON);
            try (NetverdictService service = NetverdictService.start(settings)) {
                URI uri = URI.create("http://127.0.0.1:" + service.address().getPort());
                ClientFailure failure =
                        lab.run(
                                "http://refused.lab.example:8080/",
                                "curl",
                                "-sS",
                                "-m",
                                "4",
                                "http://refused.lab.example:8080/");

                Incident incident = new ServiceClient(uri).report(failure.toReport(), true);

                HostContext context = HostContext.of(incident.context());
                assertAll(
                        () -> assertEquals(Cause.TCP_REFUSED, incident.verdict().cause()),
                        () -> assertEquals(name, context.namespace()),
                        () ->
                                assertTrue(
                                        context.routes().stream()
                                                .anyMatch(r -> Lab.GATEWAY.equals(r.gateway())),
                                        context::toString),
                        () ->
                                assertEquals(
                                        List.of(Lab.NAME_SERVER), context.resolver().nameServers()),
                        // From outside, where there is no route, nothing would be refused.
                        () -> assertEquals(List.of("refused"), repliesOf(incident, "connect")),
                        () ->
                                assertTrue(
                                        repliesOf(incident, "name server").contains("answered"),
                                        incident.operations()::toString));
            }
        }
    }

    private static List<Object> repliesOf(Incident incident, String probe) {
        return incident.operations().stream()
                .filter(o -> o.kind() == OperationKind.PROBE)
                .filter(o -> probe.equals(o.detail().get("probe")))
                .map(o -> o.detail().get("reply"))
                .toList();
    }
}
