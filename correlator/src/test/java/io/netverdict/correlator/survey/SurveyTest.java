package io.netverdict.correlator.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.DnsScript;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyTest {
    private static final String CLIENT = "10.0.0.1:40000";
    private static final String SERVER = "10.0.0.2:80";

    private final PacketScript script = new PacketScript();

    private List<Diagnosis> survey() {
        return new Surveyor().survey(script.recording(), SurveyProgress.SILENT);
    }

    private List<Cause> causes() {
        return survey().stream().map(d -> d.verdict().cause()).toList();
    }

    private TcpScript tcp() {
        return script.tcp(CLIENT, SERVER);
    }

    /** Traffic that shows that the recording went on. */
    private void recordingGoesOnUntil(double seconds) {
        script.at(seconds);
        script.ping("10.0.0.1", "10.0.0.9");
    }

    @Test
    void shouldAccuseNobodyOfACompleteExchange() {
        TcpScript tcp = tcp();
        tcp.opens(0, 0.02);
        tcp.exchanges(0.1, 0.05, HttpText.get("a.example"), HttpText.response("200 OK", "hi"));
        tcp.client().at(0.3).fin();
        tcp.server().at(0.32).fin();

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldMakeOneDiagnosisOfWhatMetTheSameTarget() {
        for (int i = 0; i < 3; i++) {
            TcpScript tcp = script.tcp("10.0.0.1:4000" + i, SERVER);
            tcp.client().at(i).syn();
            tcp.server().at(i + 0.02).refuses();
        }

        List<Diagnosis> found = survey();

        assertEquals(1, found.size());
        assertEquals(Cause.TCP_REFUSED, found.get(0).verdict().cause());
        assertTrue(found.get(0).verdict().hint().startsWith("3 × "));
        assertTrue(found.get(0).error().message().contains("3 connections to " + SERVER));
        assertEquals(6, found.get(0).packets().size());
    }

    @Test
    void shouldTellThePortsOfOneHostApartUnlessTheyAreMany() {
        for (int port = 81; port < 84; port++) {
            refusedAt(port);
        }
        assertEquals(3, survey().size());

        for (int port = 84; port < 104; port++) {
            refusedAt(port);
        }
        List<Diagnosis> scanned = survey();
        assertEquals(1, scanned.size());
        assertTrue(scanned.get(0).verdict().hint().startsWith("23 × "));
    }

    private void refusedAt(int port) {
        TcpScript tcp = script.tcp("10.0.0.1:" + (40_000 + port), "10.0.0.2:" + port);
        tcp.client().at(port).syn();
        tcp.server().at(port + 0.01).refuses();
    }

    @Test
    void shouldPutTheWorseFirst() {
        DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");
        dns.asks(0, "typo.example", DnsType.A).failed(0.01, DnsRcode.NXDOMAIN);
        TcpScript tcp = tcp();
        tcp.client().at(1).syn();
        tcp.server().at(1.02).refuses();

        assertEquals(List.of(Cause.TCP_REFUSED, Cause.DNS_NXDOMAIN), causes());
    }

    @Test
    void shouldNameTheSilenceOfAServerThatAClientGaveUpOn() {
        TcpScript tcp = tcp();
        tcp.opens(0, 0.02);
        tcp.client().at(0.1).sends(HttpText.get("a.example"));
        tcp.server().at(0.12).acks();
        tcp.client().at(5.1).fin();

        assertEquals(List.of(Cause.HTTP_NO_RESPONSE), causes());
    }

    @Test
    void shouldLeaveOpenARequestThatTheRecordingEndsUpon() {
        TcpScript tcp = tcp();
        tcp.opens(0, 0.02);
        tcp.client().at(0.1).sends(HttpText.get("a.example"));
        tcp.server().at(0.12).acks();
        recordingGoesOnUntil(5);

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldNameAResetThatCutsAResponseOff() {
        TcpScript tcp = tcp();
        tcp.opens(0, 0.02);
        tcp.client().at(0.1).sends(HttpText.get("a.example"));
        tcp.server().at(0.15).sends(HttpText.head("200 OK", 5000) + "only the beginning");
        tcp.server().at(0.2).rstAck();

        assertEquals(List.of(Cause.TCP_RESET_BY_PEER), causes());
    }

    @Test
    void shouldTakeTheResetOfAnIdleConnectionForAClose() {
        TcpScript tcp = tcp();
        tcp.opens(0, 0.02);
        tcp.exchanges(0.1, 0.05, HttpText.get("a.example"), HttpText.response("200 OK", "hi"));
        tcp.server().at(60).rstAck();

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldTakeAResetBehindAnUnknownProtocolsConversationForAClose() {
        TcpScript tcp = script.tcp(CLIENT, "10.0.0.2:389");
        tcp.opens(0, 0.02);
        tcp.exchanges(0.1, 0.05, "\u0001search", "\u0001result");
        tcp.client().at(0.3).sends("\u0001unbind");
        tcp.server().at(0.32).rstAck();

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldNameAResetInPlaceOfAnyAnswer() {
        TcpScript tcp = script.tcp(CLIENT, "10.0.0.2:389");
        tcp.opens(0, 0.02);
        tcp.client().at(0.1).sends("\u0001bind");
        tcp.server().at(0.12).rstAck();

        assertEquals(List.of(Cause.TCP_RESET_BY_PEER), causes());
    }

    @Test
    void shouldApplyNoHttpRuleToWhatIsNoHttp() {
        TcpScript tcp = script.tcp(CLIENT, "10.0.0.2:25");
        tcp.opens(0, 0.02);
        tcp.client().at(0.1).sends("EHLO there\r\n");
        tcp.server().at(0.12).acks();
        tcp.server().at(0.2).fin();
        tcp.client().at(0.22).fin();

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldNameUnansweredSyns() {
        TcpScript tcp = tcp();
        TcpPacket syn = tcp.client().at(0).syn();
        tcp.client().at(1).retransmits(syn);
        tcp.client().at(3).retransmits(syn);

        assertEquals(List.of(Cause.TCP_SYN_NO_RESPONSE), causes());
    }

    @Test
    void shouldTrustNoSilenceWhereOnlyOneDirectionIsRecorded() {
        TcpScript tcp = tcp();
        tcp.opens(0, 0.02).get(1).unrecorded();
        tcp.client().at(0.1).sends(HttpText.get("a.example"));
        recordingGoesOnUntil(90);

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldTrustNoSilenceBeyondTheEndOfAPieceOfRecording() {
        TcpScript tcp = tcp();
        tcp.client().at(0).syn();
        recordingGoesOnUntil(100_000);

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldPassOverTheNamesThatASearchListTries() {
        DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");
        dns.asks(0, "db.prod.corp.example", DnsType.A).failed(0.01, DnsRcode.NXDOMAIN);
        dns.asks(0.02, "db.prod", DnsType.A).answered(0.03, "10.0.0.7");

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldNotMissAnIpv6AddressThatNobodyHas() {
        DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");
        dns.asks(0, "v4only.example", DnsType.AAAA).answered(0.01);
        recordingGoesOnUntil(9);

        assertEquals(List.of(), causes());
    }

    @Test
    void shouldGroupTheSilenceOfANameServerWhateverItWasAsked() {
        DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");
        dns.asks(0, "one.example", DnsType.A);
        dns.asks(1, "two.example", DnsType.A);
        recordingGoesOnUntil(9);

        List<Diagnosis> found = survey();

        assertEquals(1, found.size());
        assertEquals(Cause.DNS_NO_RESPONSE, found.get(0).verdict().cause());
        assertTrue(found.get(0).error().message().contains("2 lookups to 10.0.0.53:53"));
    }

    @Test
    void shouldTellHowFarItIsUpToTheEnd() {
        for (int port = 81; port < 84; port++) {
            refusedAt(port);
        }
        List<Long> done = new ArrayList<>();

        new Surveyor()
                .survey(
                        script.recording(),
                        (at, total) -> {
                            assertEquals(3, total);
                            done.add(at);
                        });

        assertEquals(0, done.get(0));
        assertEquals(3, done.get(done.size() - 1));
    }

    /** Four hundred requests on one connection, all of them well. */
    private void longConversation(TcpScript tcp, boolean startSeen) {
        List<TcpPacket> opening = tcp.opens(0, 0.02);
        if (!startSeen) {
            opening.forEach(TcpPacket::unrecorded);
            // The end of a response whose beginning was before the recording.
            tcp.server().at(0.05).sends(500);
            tcp.client().acks();
        }
        for (int i = 0; i < 400; i++) {
            tcp.exchanges(
                    0.1 + i * 0.01,
                    0.005,
                    HttpText.get("a.example"),
                    HttpText.response("200 OK", "hi"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFindWhatWentWrongAtTheEndOfALongConversation(boolean startSeen) {
        TcpScript tcp = tcp();
        longConversation(tcp, startSeen);
        tcp.client().at(5).sends(HttpText.get("a.example"));
        tcp.server().at(5.02).sends(HttpText.head("200 OK", 10_000));
        TcpPacket rst = tcp.server().at(5.5).rst();

        List<Diagnosis> found = survey();

        assertEquals(1, found.size());
        assertEquals(Cause.TCP_RESET_BY_PEER, found.get(0).verdict().cause());
        assertTrue(
                found.get(0).verdict().evidence().stream()
                        .anyMatch(e -> e.frames().contains(rst.number())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAccuseNobodyOfALongConversationThatTheRecordingDoesNotSeeTheEndOf(
            boolean startSeen) {
        TcpScript tcp = tcp();
        longConversation(tcp, startSeen);
        tcp.client().at(5).sends(HttpText.get("a.example"));
        tcp.server().at(5.02).sends(HttpText.head("200 OK", 10_000));

        assertEquals(List.of(), causes());
    }

    /** A transfer that loses every fourth segment and has it sent again a while later. */
    private static List<TcpPacket> lossyTransfer(TcpScript tcp) {
        List<TcpPacket> packets = new ArrayList<>();
        packets.add(tcp.client().at(0.1).sends(HttpText.get("a.example")));
        packets.add(tcp.server().at(0.2).sends(HttpText.head("200 OK", 1_000_000)));
        for (int round = 0; round < 40; round++) {
            double atSeconds = 0.3 + round * 0.3;
            TcpPacket lost = tcp.server().at(atSeconds).sends(1400).lost();
            for (int segment = 1; segment <= 3; segment++) {
                double then = atSeconds + segment * 0.001;
                packets.add(tcp.server().at(then).sends(1400));
                packets.add(tcp.client().at(then + 0.0005).acks());
            }
            packets.add(tcp.server().at(atSeconds + 0.25).retransmits(lost));
            packets.add(tcp.client().at(atSeconds + 0.26).acks());
        }
        packets.add(tcp.client().at(13).fin());
        return packets;
    }

    @Test
    void shouldFindTheLossOfATransferWhoseStartWasNotRecorded() {
        // Each recording begins with other segments under way.
        for (int start = 18; start < 28; start++) {
            PacketScript late = new PacketScript();
            lossyTransfer(late.tcp(CLIENT, SERVER))
                    .subList(0, start)
                    .forEach(TcpPacket::unrecorded);

            List<Diagnosis> found = new Surveyor().survey(late.recording(), SurveyProgress.SILENT);

            assertEquals(
                    List.of(Cause.PATH_PACKET_LOSS),
                    found.stream().map(d -> d.verdict().cause()).toList(),
                    "from packet " + start);
        }
    }

    @Test
    void shouldTrustNoAbsenceWhereTheRecordingLeftOutWhatWasAcknowledged() {
        PacketScript late = new PacketScript();
        List<TcpPacket> packets = lossyTransfer(late.tcp(CLIENT, SERVER));
        packets.subList(0, 20).forEach(TcpPacket::unrecorded);
        packets.get(60).unrecorded();
        packets.get(62).unrecorded();
        packets.get(64).unrecorded();

        assertEquals(List.of(), new Surveyor().survey(late.recording(), SurveyProgress.SILENT));
    }
}
