package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.LabPacket;
import io.netverdict.service.lab.TcpBehavior;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An S3 download that hides several requests: the store's name has two addresses, one of them dead;
 * the other sends the client to the bucket's own region, where every attempt is reset in the middle
 * of the object. The application sees one exception of the SDK.
 */
class S3DownloadTest {
    private static final String DEAD = "198.51.100.61";
    private static final String FRONT = "198.51.100.62";
    private static final String REGION = "198.51.100.63";
    private static final int DESTINATION_OFFSET = 16;
    private static final int SOURCE_OFFSET = 12;

    private static final String MOVED_BODY =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                    + "<Error><Code>PermanentRedirect</Code><Message>The bucket is elsewhere"
                    + "</Message><Bucket>media</Bucket></Error>";
    private static final String MOVED =
            "HTTP/1.1 301 Moved Permanently\r\n"
                    + "x-amz-bucket-region: eu-central-1\r\n"
                    + "Content-Type: application/xml\r\n"
                    + "Connection: close\r\n"
                    + "Content-Length: "
                    + MOVED_BODY.length()
                    + "\r\n\r\n"
                    + MOVED_BODY;

    @TempDir private Path data;

    @Test
    void shouldMakeOneIncidentOfEveryAttemptAndNameTheDecisiveOne() throws Exception {
        String problem = Lab.problem();
        assumeTrue(problem == null, () -> "skipped: no live lab here: " + problem);
        String log;
        List<Incident> incidents;
        try (Lab lab = Lab.open()) {
            prepare(lab);
            try (LabService service = new LabService(lab, data)) {
                log = download(lab, service);
                incidents = service.incidents();
            }
        }
        assertEquals(1, incidents.size(), () -> incidents + "\n" + log);
        Incident incident = incidents.get(0);

        assertEquals(Cause.TCP_RESET_BY_PEER, incident.verdict().cause(), log);
        assertTrue(incident.verdict().hint().contains(REGION), incident.verdict().hint());
        assertEquals(
                "http://"
                        + S3DownloadClient.host("media", "eu-west-1")
                        + ":"
                        + S3DownloadClient.PORT
                        + "/films/one.mp4",
                incident.error().url());
        Map<String, Long> connections =
                incident.flows().stream()
                        .filter(flow -> flow.protocol().equalsIgnoreCase("tcp"))
                        .collect(
                                Collectors.groupingBy(
                                        flow -> flow.remote().replaceAll(":\\d+$", ""),
                                        Collectors.counting()));
        assertEquals(1, connections.get(DEAD), connections::toString);
        assertEquals(1, connections.get(FRONT), connections::toString);
        long attempts =
                incident.error().attributes().values().stream()
                        .filter(it -> it.contains("eu-central-1"))
                        .count();
        assertTrue(attempts > 1, () -> incident.error().attributes().toString());
        assertEquals(attempts, connections.get(REGION), connections::toString);
        assertTrue(log.contains("ERROR app download failed"), log);
        assertTrue(log.contains("software.amazon.awssdk"), log);
        assertTrue(log.contains("Suppressed: io.netverdict.hook.CauseHint: "), log);
        assertTrue(log.contains("[tcp.reset-by-peer, incident " + incident.id() + "]"), log);
    }

    private static void prepare(Lab lab) {
        lab.addHost("front.lab.example", FRONT);
        lab.addName(S3DownloadClient.host("media", "eu-west-1"), DEAD, FRONT);
        lab.addHost(S3DownloadClient.host("media", "eu-central-1"), REGION);
        lab.serve(FRONT, S3DownloadClient.PORT, TcpBehavior.say(MOVED));
        lab.serve(
                REGION,
                S3DownloadClient.PORT,
                TcpBehavior.partly(500_000, 60_000, TcpBehavior.reset()));
        lab.setFault(packet -> !isOf(DEAD, packet));
    }

    /** Whether a packet goes to or comes from an address. */
    private static boolean isOf(String address, LabPacket packet) {
        int offset = packet.toServer() ? DESTINATION_OFFSET : SOURCE_OFFSET;
        String[] parts = address.split("\\.");
        for (int index = 0; index < parts.length; index++) {
            int octet = packet.bytes().get(offset + index) & 0xFF;
            if (octet != Integer.parseInt(parts[index])) {
                return false;
            }
        }
        return true;
    }

    private static String download(Lab lab, LabService service) throws Exception {
        List<String> command = TableClient.java(S3DownloadClient.class.getName());
        ProcessBuilder builder = lab.client().process(command).redirectErrorStream(true);
        builder.environment().put("NETVERDICT_URL", service.url());
        Process process = builder.start();
        process.getOutputStream().close();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return log;
    }
}
