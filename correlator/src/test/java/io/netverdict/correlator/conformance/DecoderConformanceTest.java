package io.netverdict.correlator.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.conformance.TestStreams.Direction;
import io.netverdict.correlator.dns.DnsDecoder;
import io.netverdict.correlator.dns.DnsMessage;
import io.netverdict.correlator.dns.DnsOverTcpMessage;
import io.netverdict.correlator.http.Http1Decoder;
import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.http.HttpResponses;
import io.netverdict.correlator.quic.CryptoStream;
import io.netverdict.correlator.quic.QuicDecoder;
import io.netverdict.correlator.quic.QuicPacket;
import io.netverdict.correlator.quic.QuicPacket.QuicInitial;
import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsDecoder;
import io.netverdict.correlator.tls.TlsDirection;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the decoders read and what tshark reads in public captures, value by value. */
class DecoderConformanceTest {
    private static final long MAX_FILE_BYTES = 60_000;

    /** Every so many files are compared; {@code -Dnetverdict.conformance.step=1} takes them all. */
    private static final int STEP = Integer.getInteger("netverdict.conformance.step", 6);

    /** Packets inside a tunnel's packets: tshark looks into them, Netverdict does not. */
    private static final String TUNNELS = ".*(vxlan|geneve).*";

    /** What is compared, and the field in which tshark shows it. */
    private enum Mark {
        DNS_RCODE("dns.flags.rcode"),
        TLS_ALERT("tls.alert_message.desc"),
        HTTP_STATUS("http.response.code"),
        SERVER_NAME("tls.handshake.extensions_server_name");

        private final String field;

        Mark(String field) {
            this.field = field;
        }
    }

    private static Path projectRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve(".git"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static boolean tsharkIsInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "tshark")));
    }

    private static List<Path> files() throws IOException {
        Path root = projectRoot();
        Path corpus = root == null ? null : root.resolveSibling("shared").resolve("corpus");
        assumeTrue(corpus != null && Files.isDirectory(corpus), "no ../shared/corpus");
        assumeTrue(tsharkIsInstalled(), "no tshark");
        try (Stream<Path> all = Files.walk(corpus)) {
            List<Path> files =
                    all.filter(Files::isRegularFile)
                            .filter(
                                    file ->
                                            file.toString()
                                                    .matches(".*(dns|tls|ssl|http|quic|x509).*"))
                            .filter(file -> file.toString().matches(".*\\.(pcap|pcapng|trace|gz)"))
                            .filter(file -> file.toFile().length() <= MAX_FILE_BYTES)
                            .filter(file -> !file.getFileName().toString().matches(TUNNELS))
                            .sorted()
                            .toList();
            return IntStream.range(0, files.size())
                    .filter(index -> index % STEP == 0)
                    .mapToObj(files::get)
                    .toList();
        }
    }

    @Test
    void shouldReadWhatTsharkReads() throws IOException, InterruptedException {
        Map<Mark, int[]> totals = new EnumMap<>(Mark.class);
        List<String> differences = new ArrayList<>();
        List<Path> files = files();
        for (Path file : files) {
            Map<Mark, Map<String, Integer>> theirs = tshark(file);
            Map<Mark, Map<String, Integer>> ours = ours(file);
            for (Mark mark : Mark.values()) {
                compare(
                        mark,
                        file,
                        theirs.getOrDefault(mark, Map.of()),
                        ours.getOrDefault(mark, Map.of()),
                        totals.computeIfAbsent(mark, any -> new int[3]),
                        differences);
            }
        }
        System.out.println("decoder conformance, " + files.size() + " files (both, tshark, ours):");
        totals.forEach(
                (mark, n) -> System.out.printf("  %-12s %d %d %d%n", mark, n[0], n[1], n[2]));
        differences.forEach(line -> System.out.println("  " + line));
        for (Mark mark : Mark.values()) {
            int[] n = totals.get(mark);
            assertTrue(n[0] > 0 || STEP > 1, mark + " is compared nowhere");
            assertEquals(n[1], n[0], mark + " values that only tshark reads");
        }
    }

    private static void compare(
            Mark mark,
            Path file,
            Map<String, Integer> theirs,
            Map<String, Integer> ours,
            int[] totals,
            List<String> differences) {
        Set<String> values = new TreeSet<>(theirs.keySet());
        values.addAll(ours.keySet());
        for (String value : values) {
            int there = theirs.getOrDefault(value, 0);
            int here = ours.getOrDefault(value, 0);
            totals[0] += Math.min(there, here);
            totals[1] += there;
            totals[2] += here;
            if (there != here) {
                differences.add(
                        String.format(
                                "%s %s %s: tshark %d, ours %d",
                                file.getFileName(), mark, value, there, here));
            }
        }
    }

    private static void count(Map<Mark, Map<String, Integer>> counts, Mark mark, String value) {
        counts.computeIfAbsent(mark, any -> new TreeMap<>()).merge(value, 1, Integer::sum);
    }

    private static Map<Mark, Map<String, Integer>> tshark(Path file)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
        command.addAll(List.of("-E", "occurrence=a", "-E", "aggregator=|"));
        command.addAll(List.of("-e", "icmp.type", "-e", "icmpv6.type"));
        List<String> present = new ArrayList<>();
        for (Mark mark : Mark.values()) {
            command.addAll(List.of("-e", mark.field));
            present.add(mark == Mark.DNS_RCODE ? "dns.flags.response==1" : mark.field);
        }
        command.addAll(List.of("-Y", String.join(" || ", present)));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "tshark goes on over " + file);
        Map<Mark, Map<String, Integer>> counts = new HashMap<>();
        for (String line : output.split("\n")) {
            String[] fields = line.split("\t", -1);
            if (fields.length < 2 + Mark.values().length
                    || !fields[0].isEmpty()
                    || !fields[1].isEmpty()) {
                continue;
            }
            for (Mark mark : Mark.values()) {
                for (String value : fields[2 + mark.ordinal()].split("\\|")) {
                    if (!value.isEmpty()) {
                        count(counts, mark, value.toLowerCase(java.util.Locale.ROOT));
                    }
                }
            }
        }
        return counts;
    }

    private static Map<Mark, Map<String, Integer>> ours(Path file) throws IOException {
        Map<Mark, Map<String, Integer>> counts = new HashMap<>();
        TestStreams streams = TestStreams.read(file);
        Map<String, List<QuicInitial>> initials = new HashMap<>();
        for (DecodedPacket packet : streams.packets()) {
            if (packet.udp() != null && packet.source() != null) {
                datagram(packet, counts, initials);
            }
        }
        for (List<QuicInitial> ofOneClient : initials.values()) {
            CryptoStream.clientHelloOf(ofOneClient)
                    .map(ClientHello::serverName)
                    .ifPresent(name -> count(counts, Mark.SERVER_NAME, name));
        }
        for (Direction direction : streams.directions()) {
            TlsDirection tls = TlsDecoder.decode(direction.stream(), direction.fromClient());
            if (tls.tls()) {
                tls(tls, counts);
            } else if (direction.fromClient()) {
                // Only the server's side answers.
                dnsOverTcp(direction, counts);
            } else {
                dnsOverTcp(direction, counts);
                http(direction, counts);
            }
        }
        return counts;
    }

    private static void datagram(
            DecodedPacket packet,
            Map<Mark, Map<String, Integer>> counts,
            Map<String, List<QuicInitial>> initials) {
        if (isDnsPort(packet.source().port()) || isDnsPort(packet.destination().port())) {
            boolean cut = packet.udp().payload().remaining() < packet.udp().payloadLength();
            DnsDecoder.decode(packet.udp().payload(), cut)
                    .filter(DnsMessage::response)
                    .ifPresent(m -> count(counts, Mark.DNS_RCODE, String.valueOf(m.rcode())));
            return;
        }
        String way = packet.source() + " " + packet.destination();
        List<QuicInitial> before = initials.computeIfAbsent(way, any -> new ArrayList<>());
        List<QuicPacket> packets =
                before.isEmpty()
                        ? QuicDecoder.decodeAll(packet.udp().payload())
                        : QuicDecoder.decodeFromClient(
                                packet.udp().payload(), before.get(0).destinationId());
        for (QuicPacket quic : packets) {
            if (quic instanceof QuicInitial initial && initial.decrypted()) {
                before.add(initial);
            }
        }
    }

    private static boolean isDnsPort(int port) {
        return port == 53 || port == 5353 || port == 5355;
    }

    private static void dnsOverTcp(Direction direction, Map<Mark, Map<String, Integer>> counts) {
        List<DnsOverTcpMessage> messages = DnsDecoder.decodeTcp(direction.stream());
        for (DnsOverTcpMessage message : messages) {
            boolean dns =
                    isDnsPort(message.packet().source().port())
                            || isDnsPort(message.packet().destination().port());
            if (dns && message.message().response()) {
                count(counts, Mark.DNS_RCODE, String.valueOf(message.message().rcode()));
            }
        }
    }

    private static void tls(TlsDirection tls, Map<Mark, Map<String, Integer>> counts) {
        for (TlsAlert alert : tls.alerts()) {
            if (!alert.encrypted()) {
                count(counts, Mark.TLS_ALERT, String.valueOf(alert.description()));
            }
        }
        tls.handshakes().stream()
                .filter(ClientHello.class::isInstance)
                .map(ClientHello.class::cast)
                .filter(hello -> hello.serverName() != null)
                .forEach(hello -> count(counts, Mark.SERVER_NAME, hello.serverName()));
    }

    private static void http(Direction direction, Map<Mark, Map<String, Integer>> counts) {
        List<HttpRequest> requests = Http1Decoder.requests(direction.opposite());
        HttpResponses read =
                Http1Decoder.responses(
                        direction.stream(),
                        0,
                        requests,
                        direction.endSeen(),
                        direction.startSeen());
        for (HttpResponse response : read.responses()) {
            count(counts, Mark.HTTP_STATUS, String.valueOf(response.status()));
        }
        if (read.tunnelOffset() >= 0) {
            TlsDirection inside = TlsDecoder.decode(direction.stream(), read.tunnelOffset(), false);
            tls(inside, counts);
            HttpRequest opener =
                    read.tunnelRequestIndex() < 0 ? null : requests.get(read.tunnelRequestIndex());
            if (opener != null && opener.end() >= 0) {
                tls(TlsDecoder.decode(direction.opposite(), opener.end(), true), counts);
            }
        }
    }
}
