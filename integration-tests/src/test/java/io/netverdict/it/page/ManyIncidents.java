package io.netverdict.it.page;

import io.netverdict.capture.file.PcapngSection;
import io.netverdict.capture.file.PcapngWriter;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.model.Alternative;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.FlowSummary;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.Retention;
import io.netverdict.storage.SliceSource;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A store so full that a page that draws all of it would stall. */
final class ManyIncidents {
    static final int INCIDENTS = 10_000;
    static final int PACKETS = 5_000;
    static final String LONG_ONE = "one-of-many-packets";

    private static final Instant END = Instant.parse("2026-11-23T11:00:00Z");
    private static final int LINK_TYPE_RAW = 101;
    private static final int HEADER_BYTES = 40;
    private static final int SEGMENT_BYTES = 1_400;
    private static final int WRITERS = 8;

    private ManyIncidents() {}

    /** Fills a data directory. */
    static void write(Path data) throws Exception {
        try (IncidentStore store =
                IncidentStore.open(data, new Retention(Duration.ofDays(3650), 4L << 30))) {
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            for (int number = 1; number < INCIDENTS; number++) {
                int mine = number;
                writers.execute(() -> store.save(incident(mine), SliceSource.NONE));
            }
            writers.shutdown();
            writers.awaitTermination(10, TimeUnit.MINUTES);
            Path slice = slice(data.resolveSibling("many.pcapng"));
            store.save(
                    longOne(),
                    out -> {
                        Files.copy(slice, out);
                        return PACKETS;
                    });
        }
    }

    private static Incident incident(int number) {
        Cause cause = Cause.values()[number % 17];
        Verdict verdict =
                new Verdict(
                        cause,
                        0.5 + number % 50 / 100.0,
                        cause.usualBlame(),
                        cause.usualPhase(),
                        cause.summary() + ", number " + number,
                        cause.summary(),
                        List.of(),
                        List.of(),
                        List.of());
        return new Incident(
                String.format(Locale.ROOT, "many-%06d", number),
                END.minusSeconds(number * 60L),
                IncidentStatus.DECIDED,
                error("https://host-" + number % 200 + ".example/"),
                verdict,
                List.of(),
                List.of(),
                Map.of(),
                null);
    }

    private static ErrorReport error(String url) {
        return new ErrorReport(
                "it did not work", url, null, END, null, null, null, null, null, null, null);
    }

    private static Incident longOne() {
        Instant start = END.minusSeconds(PACKETS / 100);
        Verdict verdict =
                new Verdict(
                        Cause.HTTP_TRANSFER_TOO_SLOW,
                        0.9,
                        Cause.HTTP_TRANSFER_TOO_SLOW.usualBlame(),
                        Cause.HTTP_TRANSFER_TOO_SLOW.usualPhase(),
                        "a transfer of many packets",
                        "A transfer of many packets.",
                        List.of(),
                        List.of(new Evidence("some of them", List.of(100L, 2_500L, 4_990L))),
                        List.of(new Alternative(Cause.TCP_REFUSED, 0.01, "it was not")));
        FlowSummary flow =
                new FlowSummary(
                        1,
                        "tcp",
                        "192.0.2.1:40000",
                        "192.0.2.80:80",
                        PACKETS / 2,
                        PACKETS / 2,
                        PACKETS * 20L,
                        PACKETS * 720L,
                        0,
                        start,
                        END);
        return new Incident(
                LONG_ONE,
                END,
                IncidentStatus.DECIDED,
                error("http://192.0.2.80/"),
                verdict,
                List.of(),
                List.of(flow),
                Map.of(),
                null);
    }

    private static Path slice(Path file) throws Exception {
        long start = END.minusSeconds(PACKETS / 100).getEpochSecond() * 1_000_000_000L;
        PcapngSection section = PcapngSection.ofThisMachine("test", "");
        try (PcapngWriter writer = PcapngWriter.create(file, section)) {
            writer.addInterface(new RecordedInterface("eth0", LINK_TYPE_RAW, 0));
            for (int number = 1; number <= PACKETS; number++) {
                boolean data = number % 2 == 1;
                int payload = data ? SEGMENT_BYTES : 0;
                writer.write(
                        new CapturedPacket(
                                number,
                                start + number * 10_000_000L,
                                0,
                                data ? PacketDirection.INBOUND : PacketDirection.OUTBOUND,
                                LINK_TYPE_RAW,
                                HEADER_BYTES + payload,
                                segment(data, number / 2 * SEGMENT_BYTES, payload)));
            }
        }
        return file;
    }

    private static ByteBuffer segment(boolean data, int bytes, int payload) {
        byte[] client = {(byte) 192, 0, 2, 1};
        byte[] server = {(byte) 192, 0, 2, 80};
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (HEADER_BYTES + payload));
        packet.putShort((short) 1).putShort((short) 0x4000);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0);
        packet.put(data ? server : client).put(data ? client : server);
        packet.putShort((short) (data ? 80 : 40_000)).putShort((short) (data ? 40_000 : 80));
        packet.putInt(data ? 1_000 + bytes : 500).putInt(data ? 500 : 1_000 + bytes);
        packet.put((byte) 0x50).put((byte) 0x10).putShort((short) 64_240).putInt(0);
        return packet.flip();
    }
}
