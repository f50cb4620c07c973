package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.client.ServiceClient;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.LabAuthority;
import io.netverdict.service.lab.LabIdentity;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.lab.RealClient;
import io.netverdict.service.lab.TcpBehavior;
import io.netverdict.service.probe.ProbeSettings;
import io.netverdict.service.probe.tls.TrustedRoots;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Failures that the request's own packets leave open: one service records alone, another beside it
 * probes, and only the second can tell.
 */
class LiveProbeTest {
    private static final long RING_BYTES = 32L << 20;
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final String DEAD_NAME_SERVER = "192.0.2.99";
    private static final int TIMEOUT_SECONDS = 3;

    @TempDir private static Path data;

    private static Lab lab;
    private static LabAuthority root;
    private static LabAuthority intermediate;
    private static NetverdictService plainService;
    private static NetverdictService probingService;
    private static ServiceClient plain;
    private static ServiceClient probing;
    private static Path resolverFile;

    @BeforeAll
    static void startBothServicesInTheClientsNamespace() {
        String problem = Lab.problem();
        assumeTrue(problem == null, () -> "skipped: no live lab here: " + problem);
        assumeTrue(RealClient.isOnPath("curl"), "skipped: curl is not installed");
        lab = Lab.open();
        root = LabAuthority.root("CN=Lab Root, O=Lab Authorities");
        intermediate = root.intermediate("CN=Lab Issuing, O=Lab Authorities");
        resolverFile = Path.of("/etc/netns", lab.client().name(), "resolv.conf");
        plainService = start("plain", ProbeSettings.OFF);
        probingService =
                start(
                        "probing",
                        new ProbeSettings(
                                true,
                                Duration.ofSeconds(10),
                                1000,
                                Duration.ZERO,
                                resolverFile,
                                () -> TrustedRoots.of(Set.of(root.certificate()))));
        plain = client(plainService);
        probing = client(probingService);
        lab.startBackgroundTraffic(60);
    }

    private static NetverdictService start(String name, ProbeSettings probes) {
        return lab.client()
                .call(
                        () ->
                                NetverdictService.start(
                                        new ServiceSettings(
                                                RecorderConfig.defaults()
                                                        .withRingBytes(RING_BYTES)
                                                        .withKernelBufferBytes(KERNEL_BUFFER_BYTES)
                                                        .withInterfaces(List.of("eth0")),
                                                data.resolve(name),
                                                new Retention(DAY, 64L << 20),
                                                new InetSocketAddress("127.0.0.1", 0),
                                                Duration.ofMillis(500),
                                                probes)));
    }

    private static ServiceClient client(NetverdictService service) {
        URI uri = URI.create("http://127.0.0.1:" + service.address().getPort());
        return lab.client().call(() -> new ServiceClient(uri));
    }

    @AfterAll
    static void stop() {
        for (NetverdictService service : java.util.Arrays.asList(plainService, probingService)) {
            if (service != null) {
                service.close();
            }
        }
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void mendThePath() {
        if (lab != null) {
            lab.setFault(PathFault.NONE);
        }
    }

    /** What is wrong with a certificate, and how the server comes to show it. */
    enum CertificateCase {
        EXPIRED(Cause.TLS_CERTIFICATE_EXPIRED, "expired"),
        NOT_YET_VALID(Cause.TLS_CERTIFICATE_NOT_YET_VALID, "not yet valid"),
        WRONG_NAME(Cause.TLS_CERTIFICATE_NAME_MISMATCH, "wrong name"),
        UNKNOWN_ISSUER(Cause.TLS_CERTIFICATE_UNTRUSTED, "unknown issuer"),
        MISSING_INTERMEDIATE(Cause.TLS_CERTIFICATE_UNTRUSTED, "missing intermediate");

        private final Cause cause;
        private final String word;

        CertificateCase(Cause cause, String word) {
            this.cause = cause;
            this.word = word;
        }

        String host() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".tls.example";
        }

        String address() {
            return "198.51.100." + (20 + ordinal());
        }

        LabIdentity identity() {
            Instant now = Instant.now();
            return switch (this) {
                case EXPIRED ->
                        intermediate
                                .issue(host(), now.minus(DAY.multipliedBy(30)), now.minus(DAY))
                                .sending(2);
                case NOT_YET_VALID ->
                        intermediate
                                .issue(host(), now.plus(DAY), now.plus(DAY.multipliedBy(30)))
                                .sending(2);
                case WRONG_NAME -> intermediate.issue("elsewhere.example").sending(2);
                case UNKNOWN_ISSUER ->
                        LabAuthority.root("CN=Somebody, O=Nobody Knows").issue(host());
                case MISSING_INTERMEDIATE -> intermediate.issue(host()).sending(1);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellFaultsOfAnEncryptedCertificateApart(CertificateCase fault) throws Exception {
        lab.addHost(fault.host(), fault.address());
        lab.serve(
                fault.identity().listener(fault.address(), 443, "TLSv1.3"),
                TcpBehavior.answer("200 OK", 10));
        Path trusted = Files.writeString(data.resolve("root.pem"), root.pem());
        ClientFailure failure =
                fail("https://" + fault.host() + "/", "--cacert", trusted.toString());
        ErrorReport vague = saying(failure, "request to " + failure.url() + " failed: SSL error");

        Incident without = report(plain, vague, true);
        Incident with = report(probing, vague, false);

        Operation tls = probe(with, "tls").orElseThrow();
        assertAll(
                () ->
                        assertFalse(
                                without.verdict().cause() == fault.cause
                                        && told(without, fault.word),
                                "red without a probe"),
                () -> assertEquals(List.of(), probes(without)),
                () ->
                        assertEquals(
                                "off", ((Map<?, ?>) without.context().get("probes")).get("state")),
                () -> assertEquals(fault.cause, with.verdict().cause(), with.verdict().hint()),
                () ->
                        assertTrue(
                                told(with, fault.word), () -> with.verdict().evidence().toString()),
                () -> assertEquals("TLSv1.3", tls.detail().get("version")),
                () -> assertEquals(List.of(fault.word), tls.detail().get("faults")));
    }

    @Test
    void shouldFindThePathMtuToTheByteWhereIcmpIsFiltered() {
        lab.addHost("mtu.example", "198.51.100.40");
        lab.serve("198.51.100.40", 80, TcpBehavior.answer("200 OK", 10));
        lab.setFault(PathFault.largerThan(1_300));
        ClientFailure failure = fail("http://mtu.example/" + "x".repeat(1_300));

        Incident without = report(plain, failure.toReport(), false);
        Incident with = report(probing, failure.toReport(), true);

        Operation mtu = probe(with, "path mtu").orElseThrow();
        assertAll(
                () -> assertFalse(told(without, "path MTU is"), "red without a probe"),
                () -> assertEquals(1_300, mtu.detail().get("mtuBytes")),
                () -> assertEquals("none: filtered", mtu.detail().get("icmp")),
                () -> assertEquals(Cause.PATH_MTU_BLACKHOLE, with.verdict().cause()),
                () -> assertTrue(told(with, "probe: path MTU is 1,300 bytes")),
                () -> assertTrue(with.verdict().confidence() > 0.85));
    }

    @Test
    void shouldSayWhichOfTwoNameServersIsDead() throws Exception {
        lab.addHost("two.example", "198.51.100.41");
        String before = Files.readString(resolverFile);
        ClientFailure failure;
        try {
            Files.writeString(
                    resolverFile,
                    "nameserver "
                            + DEAD_NAME_SERVER
                            + "\nnameserver "
                            + Lab.NAME_SERVER
                            + "\noptions timeout:8\n");
            failure = fail("http://two.example/");
            Incident without = report(plain, failure.toReport(), false);
            Incident with = report(probing, failure.toReport(), true);
            assertAll(
                    // The machine's context names both; that one of them answers, a probe tells.
                    () -> assertFalse(told(without, "probe: "), "red without a probe"),
                    () -> assertEquals(Cause.DNS_NO_RESPONSE, with.verdict().cause()),
                    () -> assertEquals(Blame.RESOLVER, with.verdict().blame()),
                    () ->
                            assertTrue(
                                    told(
                                            with,
                                            "no answer now either from name server "
                                                    + DEAD_NAME_SERVER)),
                    () ->
                            assertTrue(
                                    with.verdict().evidence().stream()
                                            .filter(e -> e.text().startsWith("probe: "))
                                            .anyMatch(
                                                    e ->
                                                            e.text()
                                                                    .contains(
                                                                            "; name server "
                                                                                    + Lab
                                                                                            .NAME_SERVER))));
        } finally {
            Files.writeString(resolverFile, before);
        }
    }

    @Test
    void shouldTellAFilteredPortFromAHostThatIsDown() {
        lab.addHost("filtered.example", "198.51.100.42");
        lab.setFault(PathFault.droppedPort(8443));
        ClientFailure failure = fail("https://filtered.example:8443/");

        Incident without = report(plain, failure.toReport(), false);
        Incident with = report(probing, failure.toReport(), true);

        assertAll(
                () -> assertFalse(told(without, "ping"), "red without a probe"),
                () -> assertEquals(Cause.TCP_SYN_NO_RESPONSE, with.verdict().cause()),
                () -> assertTrue(told(with, "the host answers ping")),
                () -> assertTrue(told(with, "a filter for the port")));
    }

    @Test
    void shouldKeepProbesApartFromTheClientsPackets() throws Exception {
        lab.addHost("apart.example", "198.51.100.43");
        lab.serve("198.51.100.43", 80, TcpBehavior.silence());
        ClientFailure failure = fail("http://apart.example/");

        Incident first = report(probing, failure.toReport(), true);
        Incident again = report(probing, failure.toReport(), false);
        byte[] slice = lab.client().call(() -> probing.slice(first.id()));

        assertAll(
                () -> assertEquals(Cause.HTTP_NO_RESPONSE, first.verdict().cause()),
                () -> assertEquals(first.flows(), again.flows()),
                () -> assertEquals(Cause.HTTP_NO_RESPONSE, again.verdict().cause()),
                () -> assertTrue(probes(first).size() > 3, () -> probes(first).toString()),
                () ->
                        assertTrue(
                                new String(slice, java.nio.charset.StandardCharsets.ISO_8859_1)
                                        .contains("probe: sent by netverdict")),
                () -> assertTrue(first.slice().packets() > again.slice().packets()));
    }

    private static ClientFailure fail(String url, String... options) {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of("curl", "-sS", "-o", "/dev/null", "-m", "" + TIMEOUT_SECONDS));
        command.addAll(List.of(options));
        command.add(url);
        ClientFailure failure = lab.run(url, command.toArray(String[]::new));
        assertFalse(failure.exitStatus() == 0, () -> url + " did not fail");
        return failure;
    }

    private static ErrorReport saying(ClientFailure failure, String message) {
        return new ErrorReport(
                message,
                failure.url(),
                null,
                failure.endedAt(),
                failure.startedAt(),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Incident report(ServiceClient service, ErrorReport report, boolean probe) {
        return lab.client().call(() -> service.report(report, probe));
    }

    private static boolean told(Incident incident, String words) {
        return incident.verdict().evidence().stream().anyMatch(e -> e.text().contains(words));
    }

    private static List<Operation> probes(Incident incident) {
        return incident.operations().stream()
                .filter(operation -> operation.kind() == OperationKind.PROBE)
                .toList();
    }

    private static Optional<Operation> probe(Incident incident, String kind) {
        return probes(incident).stream()
                .filter(operation -> kind.equals(operation.detail().get("probe")))
                .findFirst();
    }
}
