package io.netverdict.service.probe.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.probe.NameServerProbe;
import io.netverdict.correlator.probe.ProxyProbe;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.probe.TlsProbe;
import io.netverdict.service.probe.flow.ProbeFlows;
import io.netverdict.service.probe.flow.ProbeSession;
import io.netverdict.service.probe.tls.CertificateReading;
import io.netverdict.service.probe.tls.TrustedRoots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every probe against servers that send garbage, send without end, hang, or are not there. */
@Timeout(60)
class OddServersTest {
    private static final byte[] GARBAGE =
            "\u0000\u0001what is this\r\n\r\n?".getBytes(StandardCharsets.ISO_8859_1);

    /** A record of handshake messages that goes on and on. */
    private static final byte[] HELLO_REQUESTS =
            ByteBuffer.allocate(9).put(new byte[] {22, 3, 3, 0, 4, 0, 0, 0, 0}).array();

    private static final long SHORT_NANOS = 400_000_000L;
    private static final TrustedRoots NO_ROOTS = TrustedRoots.of(Set.of());

    private static ProbeSession session() {
        return new ProbeSession("test", new ProbeFlows(), 20_000_000_000L);
    }

    /** A session whose budget ends before any probe's own patience. */
    private static ProbeSession shortSession() {
        return new ProbeSession("test", new ProbeFlows(), SHORT_NANOS);
    }

    private static Endpoint closedPort() throws IOException {
        // Never listened on: the kernel takes connections while a thread still leaves accept().
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress("127.0.0.1", 0));
            return new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), bound.getLocalPort());
        }
    }

    private static NameServerProbe ask(ProbeSession session, Endpoint server, boolean tcp) {
        return tcp
                ? NameServerQuery.overTcp(session, server, "host.example", DnsType.A)
                : NameServerQuery.overUdp(session, server, "host.example", DnsType.A);
    }

    /** NOERROR with 192.0.2.7 for whatever is asked. */
    private static byte[] answer(byte[] query, int length) {
        byte[] record = {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, (byte) 192, 0, 2, 7};
        byte[] answer = Arrays.copyOf(query, length + record.length);
        answer[2] |= (byte) 0x80;
        answer[7] = 1;
        System.arraycopy(record, 0, answer, length, record.length);
        return answer;
    }

    @Test
    void shouldReadAnAnswerOverUdp() throws Exception {
        try (OddServer server = OddServer.udp(1, OddServersTest::answer)) {
            NameServerProbe probe = ask(session(), server.endpoint(), false);

            assertEquals(Reply.ANSWERED, probe.reply(), probe.problem());
            assertEquals("[192.0.2.7]", probe.addresses().toString());
            assertEquals("NOERROR", probe.rcode());
        }
    }

    @Test
    void shouldReadAnAnswerOverTcp() throws Exception {
        try (OddServer server =
                OddServer.tcp(
                        connection -> {
                            byte[] query = new byte[512];
                            int length = connection.getInputStream().read(query);
                            byte[] answer =
                                    answer(Arrays.copyOfRange(query, 2, length), length - 2);
                            ByteBuffer framed = ByteBuffer.allocate(answer.length + 2);
                            framed.putShort((short) answer.length).put(answer);
                            connection.getOutputStream().write(framed.array());
                        })) {
            NameServerProbe probe = ask(session(), server.endpoint(), true);

            assertEquals(Reply.ANSWERED, probe.reply(), probe.problem());
            assertEquals("[192.0.2.7]", probe.addresses().toString());
        }
    }

    @Test
    void shouldNotTakeForeignDatagramsForAnswers() throws Exception {
        try (OddServer server = OddServer.udp(100, (query, length) -> GARBAGE)) {
            assertEquals(Reply.GARBLED, ask(session(), server.endpoint(), false).reply());
        }
    }

    @Test
    void shouldNotTakeAnAnswerWithAnotherIdForItsOwn() throws Exception {
        try (OddServer server =
                OddServer.udp(
                        1,
                        (query, length) -> {
                            byte[] forged = answer(query, length);
                            forged[0] ^= 0x55;
                            return forged;
                        })) {
            assertEquals(Reply.SILENT, ask(shortSession(), server.endpoint(), false).reply());
        }
    }

    @Test
    void shouldTellASilentNameServerFromOneThatIsNotThere() throws Exception {
        try (OddServer silent = OddServer.udp(0, (query, length) -> null);
                OddServer hanging = OddServer.tcp(OddServer.hanging(new byte[] {1, 0}))) {
            assertEquals(Reply.SILENT, ask(shortSession(), silent.endpoint(), false).reply());
            assertEquals(Reply.SILENT, ask(shortSession(), hanging.endpoint(), true).reply());
        }
        assertEquals(Reply.REFUSED, ask(session(), closedPort(), false).reply());
        assertEquals(Reply.REFUSED, ask(session(), closedPort(), true).reply());
    }

    @Test
    void shouldSendNothingForWhatIsNoName() throws Exception {
        NameServerProbe probe =
                NameServerQuery.overUdp(
                        session(), closedPort(), "a".repeat(64) + ".example", DnsType.A);

        assertEquals(Reply.NOT_SENT, probe.reply());
    }

    @Test
    void shouldTellAnOpenPortFromAClosedOne() throws Exception {
        try (OddServer server = OddServer.tcp(OddServer.hanging(new byte[0]))) {
            assertEquals(Reply.ANSWERED, ConnectAttempt.to(session(), server.endpoint()).reply());
        }
        assertEquals(Reply.REFUSED, ConnectAttempt.to(session(), closedPort()).reply());
    }

    private static TlsProbe read(ProbeSession session, Endpoint server) {
        return CertificateReading.of(NO_ROOTS, session, server, "host.example", null);
    }

    @Test
    void shouldSurviveWhatIsNoTls() throws Exception {
        try (OddServer garbage = OddServer.tcp(OddServer.saying(GARBAGE));
                OddServer endless = OddServer.tcp(OddServer.endless(GARBAGE));
                OddServer records = OddServer.tcp(OddServer.endless(HELLO_REQUESTS))) {
            for (OddServer server : new OddServer[] {garbage, endless, records}) {
                TlsProbe probe = read(session(), server.endpoint());

                assertTrue(probe.chain().isEmpty());
                assertTrue(probe.reply() != Reply.ANSWERED, () -> probe.toString());
            }
        }
    }

    @Test
    void shouldNotWaitForATlsServerThatHangs() throws Exception {
        try (OddServer hanging = OddServer.tcp(OddServer.hanging(new byte[] {22, 3, 3}))) {
            TlsProbe probe = read(shortSession(), hanging.endpoint());

            assertEquals(Reply.SILENT, probe.reply());
            assertNull(probe.version());
        }
    }

    private static ProxyProbe connect(ProbeSession session, OddServer proxy) {
        return ProxyConnect.ask(session, proxy.endpoint(), "host.example:443");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldReadWhatAProxySaysToConnect() throws Exception {
        String denied = "HTTP/1.1 407 Proxy Authentication Required\r\nX: y\r\n\r\n";
        try (OddServer proxy = OddServer.tcp(OddServer.saying(ascii(denied)))) {
            ProxyProbe probe = connect(session(), proxy);

            assertEquals(Reply.ANSWERED, probe.reply());
            assertEquals(407, probe.status());
            assertEquals("Proxy Authentication Required", probe.reason());
        }
    }

    @Test
    void shouldSurviveWhatIsNoProxy() throws Exception {
        try (OddServer garbage = OddServer.tcp(OddServer.saying(GARBAGE));
                OddServer endless = OddServer.tcp(OddServer.endless(ascii("x: y\r\n")));
                OddServer hanging = OddServer.tcp(OddServer.hanging(ascii("HTTP/1.1 200")))) {
            assertEquals(Reply.GARBLED, connect(session(), garbage).reply());
            assertEquals(Reply.GARBLED, connect(session(), endless).reply());
            assertEquals(Reply.SILENT, connect(shortSession(), hanging).reply());
        }
    }
}
