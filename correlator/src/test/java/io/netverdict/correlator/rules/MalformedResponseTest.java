package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code http.malformed-response}: neither of the two speaks TLS, and the answer is no HTTP. */
class MalformedResponseTest {
    private final Shop shop = Shop.http();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR unknown command 'GET'\r\n",
                "J\0\0\0\n8.0.36\0\u0011\0\0\0abcdefgh\0",
                "220 mail.example ESMTP ready\r\n",
                "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008 binary"
            })
    void shouldNameAnAnswerOfAnotherProtocol(String answer) {
        shop.get();
        TcpPacket bytes = shop.server.after(Shop.TRIP).sends(answer);
        shop.client.acks();

        shop.go(0.06, "net/http: HTTP/1.x transport connection broken: malformed HTTP response")
                .verdict()
                .is(Cause.HTTP_MALFORMED_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(bytes)
                .hints("192.0.2.7:80", "not valid HTTP")
                .sure();
    }

    @Test
    void shouldNameAGreetingThatComesUnasked() {
        TcpPacket greeting = shop.server.at(0.05).sends("J\0\0\0\n8.0.36\0\u0011\0\0\0abcdefgh\0");
        shop.client.at(0.06).sends(Shop.request("GET", "/cart"));
        shop.server.at(0.08).fin();

        shop.report(0.1, "curl: (1) Received HTTP/0.9 when not allowed")
                .verdict()
                .is(Cause.HTTP_MALFORMED_RESPONSE)
                .cites(greeting);
    }

    @Test
    void shouldNameABrokenChunk() {
        shop.get();
        TcpPacket bytes =
                shop.server
                        .after(Shop.TRIP)
                        .sends(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "ZZ\r\nnot a chunk\r\n");

        shop.go(0.06, "invalid byte in chunk length")
                .verdict()
                .is(Cause.HTTP_MALFORMED_RESPONSE)
                .cites(bytes);
    }

    @Test
    void shouldNotAccuseAWellFormedResponse() {
        shop.get();
        shop.server.after(Shop.TRIP).sends(Shop.response("200 OK", 30));

        shop.go(0.06, "json: cannot unmarshal string into Go value of type int")
                .verdict()
                .is(Cause.NETWORK_HEALTHY);
    }

    @Test
    void shouldNotJudgeAResponseOfWhichTheBeginningWasNotRecorded() {
        PacketScript script = new PacketScript();
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02).forEach(TcpPacket::unrecorded);
        tcp.client().sends(HttpText.get("a.example")).unrecorded();
        tcp.server().at(0.05).sends(HttpText.head("200 OK", 4000)).unrecorded();
        tcp.server().after(0.001).sends(1000);
        tcp.client().after(0.001).acks();
        tcp.server().after(0.001).fin();

        script.error("unexpected EOF")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 0.2)
                .verdict()
                .isNot(Cause.HTTP_MALFORMED_RESPONSE);
    }

    @Test
    void shouldLeaveItToNotTlsWhereTheClientSpeaksTls() {
        Shop secure = Shop.https();
        secure.hello();
        secure.server.after(Shop.TRIP).sends("-ERR unknown command\r\n");

        secure.go(0.06, "tls: first record does not look like a TLS handshake")
                .verdict()
                .is(Cause.TLS_NOT_TLS)
                .blames(Blame.CLIENT);
    }

    @Test
    void shouldTellItFromFirstBytesAlone() {
        shop.get();
        shop.server.after(Shop.TRIP).sends("-ERR unknown command 'GET', with args beginning\r\n");

        shop.go(0.06, "malformed HTTP response")
                .verdictWhenCutTo(96)
                .is(Cause.HTTP_MALFORMED_RESPONSE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        shop.get();
        shop.server.after(Shop.TRIP).sends("-ERR unknown command 'GET'\r\n");

        shop.go(0.06, "malformed HTTP response").survivesDamage("MalformedResponseTest");
    }
}
