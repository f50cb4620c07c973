package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.recording.RecordedFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public capture is read and decoded, with as many packets as Wireshark's capinfos counts.
 */
class CorpusTest {
    private static final Path CORPUS = Tools.shared("corpus");
    private static final Duration HANG = Duration.ofMinutes(2);
    private static final String CAPTURE = ".*\\.(pcap|pcapng|cap|trace|dmp|ncap)(\\.gz)?";

    private static List<Path> files = List.of();

    @BeforeAll
    static void listFiles() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no captures at " + CORPUS);
        try (Stream<Path> walk = Files.walk(CORPUS)) {
            files =
                    walk.filter(file -> file.getFileName().toString().matches(CAPTURE))
                            .sorted()
                            .toList();
        }
        assumeTrue(!files.isEmpty(), "no captures in " + CORPUS);
    }

    @Test
    void shouldDecodeEveryPacketOfEveryFile() {
        Map<Integer, Long> undecodable = new TreeMap<>();
        long packets =
                assertTimeoutPreemptively(
                        HANG,
                        () -> {
                            long decoded = 0;
                            for (Path file : files) {
                                decoded += decodeAll(file, undecodable);
                            }
                            return decoded;
                        });
        System.out.println(
                "corpus: "
                        + files.size()
                        + " files, "
                        + packets
                        + " packets decoded, packets of unknown link types "
                        + undecodable);
        assertTrue(packets > files.size());
    }

    private static long decodeAll(Path file, Map<Integer, Long> undecodable) throws IOException {
        PacketDecoder decoder = new PacketDecoder();
        try (FileRecording recording = FileRecording.open(file)) {
            for (long number = 1; number <= recording.packets(); number++) {
                decoder.decode(recording.packet(number));
            }
            long inFlows = 0;
            for (RecordedFlow flow : recording.flows(Long.MIN_VALUE, Long.MAX_VALUE)) {
                inFlows += flow.packets();
            }
            assertTrue(inFlows <= recording.packets(), file + " inFlows=" + inFlows);
            long unknown = recording.coverage().undecodable();
            if (unknown > 0) {
                recording.interfaces().stream()
                        .map(recorded -> recorded.linkType())
                        .distinct()
                        .forEach(linkType -> undecodable.merge(linkType, unknown, Long::sum));
            }
            return recording.packets();
        }
    }

    @Test
    void shouldCountPacketsAsCapinfosDoes(@TempDir Path scratch)
            throws IOException, InterruptedException {
        assumeTrue(Tools.installed("capinfos"), "capinfos is not installed");
        List<String> command = new ArrayList<>(List.of("capinfos", "-T", "-r", "-c", "-M"));
        files.forEach(file -> command.add(file.toString()));
        Map<String, Long> expected = new HashMap<>();
        for (String line : Tools.output(scratch, command.toArray(String[]::new))) {
            String[] columns = line.split("\t");
            expected.put(columns[0], Long.parseLong(columns[1]));
        }
        assertEquals(files.size(), expected.size());
        for (Path file : files) {
            try (FileRecording recording = FileRecording.open(file)) {
                assertEquals(
                        expected.get(file.toString()),
                        Long.valueOf(recording.packets()),
                        file + " " + recording.problem());
            }
        }
    }
}
