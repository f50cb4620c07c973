package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.client.ServiceClient;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.lab.RealClient;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the whole service in a namespace, breaks real requests beside healthy traffic, and asks the
 * HTTP API why they failed.
 */
class LiveFaultTest {
    private static final long RING_BYTES = 32L << 20;
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;
    private static final int TRAFFIC_EVERY_MILLIS = 60;
    private static final int TIMEOUT_SECONDS = 4;

    /** Neighbour resolution alone takes three seconds, and a vanished peer shows in repeats. */
    private static final int LONG_TIMEOUT_SECONDS = 6;

    private static final Set<LiveFault> SLOW =
            EnumSet.of(LiveFault.ABSENT_NEIGHBOR, LiveFault.PEER_VANISHED, LiveFault.PACKET_LOSS);

    @TempDir private static Path data;

    private static Lab lab;
    private static NetverdictService service;
    private static ServiceClient api;

    @BeforeAll
    static void startServiceInTheClientsNamespace() {
        String problem = Lab.problem();
        assumeTrue(problem == null, () -> "skipped: no live lab here: " + problem);
        assumeTrue(RealClient.isOnPath("curl"), "skipped: curl is not installed");
        lab = Lab.open();
        service =
                lab.client()
                        .call(
                                () ->
                                        NetverdictService.start(
                                                new ServiceSettings(
                                                        RecorderConfig.defaults()
                                                                .withRingBytes(RING_BYTES)
                                                                .withKernelBufferBytes(
                                                                        KERNEL_BUFFER_BYTES)
                                                                .withInterfaces(List.of("eth0")),
                                                        data,
                                                        new Retention(
                                                                Duration.ofDays(1), 64L << 20),
                                                        new InetSocketAddress("127.0.0.1", 0),
                                                        ServiceSettings.DEFAULT_SETTLE)));
        URI uri = URI.create("http://127.0.0.1:" + service.address().getPort());
        api = lab.client().call(() -> new ServiceClient(uri));
        lab.startBackgroundTraffic(TRAFFIC_EVERY_MILLIS);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameTheCauseOfALiveFailureAndKeepExactlyItsPackets(LiveFault fault)
            throws Exception {
        fault.breakIt(lab);
        ClientFailure failure;
        try {
            failure = lab.run(fault.url(), command(fault));
        } finally {
            lab.setFault(PathFault.NONE);
        }
        assertFalse(failure.exitStatus() == 0, () -> fault + " did not fail");

        Incident incident = lab.client().call(() -> api.report(failure.toReport()));
        byte[] slice = lab.client().call(() -> api.slice(incident.id()));

        List<CapturedPacket> sliced = sliced(slice);
        Predicate<CapturedPacket> about = SlicePackets.about(fault.host(), fault.address());

        assertAll(
                () ->
                        assertEquals(
                                fault.cause(),
                                incident.verdict().cause(),
                                () -> failure.message() + ": " + incident.verdict().hint()),
                () ->
                        assertFalse(
                                incident.verdict().evidence().isEmpty(),
                                "a verdict without evidence"),
                () -> assertEquals(recorded(about, failure), until(failure.endedAt(), sliced)),
                () ->
                        assertEquals(
                                List.of(),
                                sliced.stream()
                                        .filter(about.negate())
                                        .filter(packet -> !SlicePackets.isArp(packet))
                                        .map(SlicePackets::describe)
                                        .toList(),
                                "packets of other traffic in the slice"));
    }

    private static String[] command(LiveFault fault) {
        if (fault == LiveFault.STALE_CONNECTION) {
            return KeepAliveClient.command(fault.url());
        }
        boolean slow = SLOW.contains(fault);
        String[] command =
                RealClient.CURL.command(
                        fault.url(),
                        fault.uploadBytes(),
                        slow ? LONG_TIMEOUT_SECONDS : TIMEOUT_SECONDS);
        if (fault == LiveFault.STATUS_503) {
            command[1] = "-fsS";
        }
        if (fault == LiveFault.PROXY_SILENT) {
            List<String> proxied = new ArrayList<>(List.of(command));
            proxied.addAll(1, List.of("--proxy", fault.url()));
            return proxied.toArray(String[]::new);
        }
        return command;
    }

    /**
     * What the recorder has about the fault's host up to the error. Later packets, such as repeats
     * of a FIN, are in the slice as far as they had come; ARP for the gateway is not about one
     * host.
     */
    private static List<String> recorded(Predicate<CapturedPacket> about, ClientFailure failure) {
        try (Recording recording = service.recorder().snapshot()) {
            return until(
                    failure.endedAt(),
                    SlicePackets.all(recording, failure.startedAt(), failure.endedAt()).stream()
                            .filter(about)
                            .toList());
        }
    }

    private static List<String> until(Instant end, List<CapturedPacket> packets) {
        return packets.stream()
                .filter(packet -> packet.timeNanos() <= SlicePackets.nanos(end))
                .filter(packet -> !SlicePackets.isArp(packet))
                .map(SlicePackets::describe)
                .toList();
    }

    private static List<CapturedPacket> sliced(byte[] slice) throws Exception {
        Path file = Files.createTempFile(data, "slice-", ".pcapng");
        Files.write(file, slice);
        try (FileRecording recording = FileRecording.open(file)) {
            return SlicePackets.all(recording, Instant.EPOCH, Instant.now().plusSeconds(60));
        }
    }
}
