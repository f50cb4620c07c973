package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.context.SocketContext;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.RealClient;
import io.netverdict.service.lab.TcpBehavior;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks the client's own machine, where packets tell little, and asks why requests failed: once by
 * the packets alone, once with what the machine knew of itself.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContextFaultTest {
    private static final int FIRST_PORT = 40_000;
    private static final int PORTS = 4;
    private static final int DAYS_WRONG = 400;

    /** This and no more is what the kernel's table of connections holds unless it is set. */
    private static final int MOST_ENTRIES_FILLED = 300_000;

    @TempDir private static Path data;

    private static FaultyClient client;
    private static Lab lab;

    @BeforeAll
    static void startServiceInTheClientsNamespace() {
        String problem = Lab.problem();
        assumeTrue(problem == null, () -> "skipped: no live lab here: " + problem);
        assumeTrue(RealClient.isOnPath("curl"), "skipped: curl is not installed");
        client = new FaultyClient(data);
        lab = client.lab();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
    }

    @Test
    @Order(1)
    void shouldBlameTheOwnLinkWhenTheInterfaceGoesDownInMidRequest() throws Exception {
        String address = client.newHost("link.lab.example");
        lab.serve(address, 80, TcpBehavior.silence());
        FutureTask<ClientFailure> request =
                new FutureTask<>(() -> client.curl("http://link.lab.example/v1", 4));
        new Thread(request, "client").start();
        Thread.sleep(1_500);
        lab.client().ip("link set eth0 down");
        ErrorReport report = request.get(10, TimeUnit.SECONDS).toReport();

        Incident incident = client.report(report);
        lab.client().ip("link set eth0 up", "route add default via " + Lab.GATEWAY);

        client.assertTold(incident, report, "eth0: set down");
        assertAll(
                () -> assertEquals(Cause.TCP_PEER_VANISHED, incident.verdict().cause()),
                () -> assertEquals(Blame.LOCAL_LINK, incident.verdict().blame()),
                () -> assertEquals(Blame.SERVER, client.byPacketsAlone(report).blame()));
        client.awaitRecording();
    }

    @Test
    @Order(2)
    void shouldNameTheFirewallRuleThatDropsTheRequest() {
        client.newHost("firewall.lab.example");
        client.inClient("iptables -A OUTPUT -p tcp --dport 8444 -j DROP".split(" "));
        ErrorReport report = client.curl("http://firewall.lab.example:8444/v1", 3).toReport();

        Incident incident = client.report(report);

        client.assertTold(incident, report, "the local firewall dropped");
        assertAll(
                () -> assertEquals(Cause.CLIENT_NOTHING_SENT, incident.verdict().cause()),
                () -> assertTrue(incident.verdict().hint().contains("tcp dport 8444")));
    }

    @Test
    @Order(3)
    void shouldTellThatLocalPortsAreUsedUp() throws Exception {
        String address = client.newHost("ports.lab.example");
        lab.serve(address, 80, TcpBehavior.silence());
        client.inClient(
                "sysctl", "-qw", "net.ipv4.ip_local_port_range=" + FIRST_PORT + " " + lastPort());
        List<Socket> holding = new ArrayList<>();
        try {
            for (int i = 0; i < PORTS; i++) {
                holding.add(lab.client().call(() -> new Socket(address, 80)));
            }
            ErrorReport report = client.curl("http://ports.lab.example/v1", 3).toReport();

            Incident incident = client.report(report);

            client.assertTold(incident, report, "all 4 local ports (40000 to 40003) are in use");
            assertEquals(Cause.CLIENT_NOTHING_SENT, incident.verdict().cause());
        } finally {
            for (Socket socket : holding) {
                socket.close();
            }
            client.inClient("sysctl", "-qw", "net.ipv4.ip_local_port_range=32768 60999");
        }
    }

    private static int lastPort() {
        return FIRST_PORT + PORTS - 1;
    }

    @Test
    @Order(4)
    void shouldTellThatTheKernelGaveTheNeighbourUp() {
        lab.addName("neighbor.lab.example", Lab.ABSENT_NEIGHBOR);
        ErrorReport report = client.curl("http://neighbor.lab.example/v1", 6).toReport();

        Incident incident = client.report(report);

        client.assertTold(incident, report, "the neighbour table has " + Lab.ABSENT_NEIGHBOR);
        assertEquals(Cause.LINK_NEIGHBOR_UNRESOLVED, incident.verdict().cause());
    }

    @Test
    @Order(5)
    void shouldTellWhichProcessDoesNotReadItsSocket() throws Exception {
        String address = client.newHost("reader.lab.example");
        lab.serve(address, 80, TcpBehavior.answer("200 OK", 30_000_000));
        Instant start = Instant.now();
        try (Socket socket = lab.client().call(() -> new Socket(address, 80))) {
            socket.getOutputStream()
                    .write(
                            "GET /v1 HTTP/1.1\r\nHost: reader.lab.example\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(3_000);
            ErrorReport report =
                    new ErrorReport(
                            "Read timed out",
                            "http://reader.lab.example/v1",
                            "GET",
                            Instant.now(),
                            start,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);

            Incident incident = client.report(report);

            client.assertTold(incident, report, "wait unread in the receive queue");
            assertAll(
                    () -> assertEquals(Cause.TCP_ZERO_WINDOW, incident.verdict().cause()),
                    () -> assertEquals(Blame.CLIENT, incident.verdict().blame()),
                    () ->
                            assertTrue(
                                    HostContext.of(incident.context()).sockets().stream()
                                            .allMatch(ContextFaultTest::isOursIfKnown)));
        }
    }

    /** The search for the owner may not be over when the verdict is. */
    private static boolean isOursIfKnown(SocketContext socket) {
        return socket.receiveQueueBytes() > 0
                && (socket.owner() == null
                        || socket.owner().pid() == ProcessHandle.current().pid());
    }

    @Test
    @Order(6)
    void shouldTellThatTheClockIsWrong() {
        String dated = client.newHost("dated.lab.example");
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plus(Duration.ofDays(DAYS_WRONG)).atOffset(ZoneOffset.UTC));
        lab.serve(
                dated,
                80,
                TcpBehavior.say(
                        "HTTP/1.1 404 Not Found\r\nDate: "
                                + date
                                + "\r\nContent-Length: 0\r\n\r\n"));
        lab.run("http://dated.lab.example/", "curl", "-sSf", "http://dated.lab.example/");
        String address = client.newHost("early.lab.example");
        lab.serve(
                ServerKeys.notYetValid("early.lab.example").listener(address, 443),
                TcpBehavior.answer("200 OK", 10));
        ErrorReport report = client.curl("https://early.lab.example/v1", 4).toReport();

        Incident incident = client.report(report);

        // Dates are packets' own: files tell the clock's error, too.
        assertAll(
                () ->
                        assertEquals(
                                Cause.TLS_CERTIFICATE_NOT_YET_VALID,
                                incident.verdict().cause(),
                                () -> report + " " + incident.verdict()),
                () -> assertEquals(Blame.CLIENT, incident.verdict().blame()),
                () ->
                        assertTrue(
                                incident.verdict().evidence().stream()
                                        .anyMatch(
                                                e ->
                                                        e.text().contains("clock is")
                                                                && e.text()
                                                                        .contains("days behind")),
                                incident.verdict()::toString));
    }

    @Test
    @Order(7)
    void shouldTellWhichOfTwoNameServersIsDead() {
        client.newHost("twoservers.lab.example");
        lab.addSilentNameServer("192.0.2.54", "timeout:5 attempts:1");
        ErrorReport report = client.curl("http://twoservers.lab.example/v1", 3).toReport();

        Incident incident = client.report(report);

        client.assertTold(incident, report, "192.0.2.54 (no answer to");
        assertAll(
                () -> assertEquals(Cause.DNS_NO_RESPONSE, incident.verdict().cause()),
                () ->
                        assertEquals(
                                List.of("192.0.2.54", Lab.NAME_SERVER),
                                HostContext.of(incident.context()).resolver().nameServers()));
    }

    /** Last, for the table stays full. */
    @Test
    @Order(8)
    void shouldTellThatTheTableOfTrackedConnectionsIsFull() throws Exception {
        assumeTrue(RealClient.isOnPath("conntrack"), "skipped: conntrack is not installed");
        long most = kernelNumber("nf_conntrack_max");
        assumeTrue(most <= MOST_ENTRIES_FILLED, "skipped: the table holds too many to be filled");
        String address = client.newHost("conntrack.lab.example");
        lab.serve(address, 80, TcpBehavior.answer("200 OK", 10));
        for (String chain : List.of("OUTPUT -o lo", "PREROUTING -i lo")) {
            client.inClient(("iptables -t raw -A " + chain + " -j CT --notrack").split(" "));
        }
        client.inClient("iptables -A OUTPUT -m conntrack --ctstate INVALID -j ACCEPT".split(" "));
        fillTable(most);
        ErrorReport report = client.curl("http://" + address + "/v1", 3).toReport();

        Incident incident = client.report(report);

        client.assertTold(incident, report, "the connection tracking table is full");
        assertEquals(Cause.CLIENT_NOTHING_SENT, incident.verdict().cause());
    }

    /** Adds entries that the kernel does not give up for new ones. */
    private static void fillTable(long entries) throws Exception {
        Path file = data.resolve("entries.txt");
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII))) {
            for (long i = 0; i <= entries; i++) {
                String end = "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255);
                out.printf(
                        "-A -t 600 -u SEEN_REPLY,ASSURED -s %s -d 10.200.0.1 -r 10.200.0.1 -q %s"
                                + " -p udp --sport 1000 --dport 2000 --reply-port-src 2000"
                                + " --reply-port-dst 1000%n",
                        end, end);
            }
        }
        // Its last entry finds no room, which it reports.
        ClientFailure filled = lab.run("", "conntrack", "-R", file.toString());
        Files.delete(file);
        long inTable = lab.client().call(() -> kernelNumber("nf_conntrack_count"));
        assertTrue(inTable >= entries, () -> inTable + " entries: " + filled.message());
    }

    /** Of the calling thread's namespace; the kernel gives such a value to the first read alone. */
    private static long kernelNumber(String name) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("/proc/sys/net/netfilter", name))) {
            byte[] text = new byte[64];
            return Long.parseLong(new String(text, 0, in.read(text)).trim());
        }
    }
}
