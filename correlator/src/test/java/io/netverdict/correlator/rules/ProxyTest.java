package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpEnd;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy says, what it passes on, and what fails before it and behind it. */
class ProxyTest {
    private static final String PROXY = "10.0.0.3:3128";
    private static final String CONNECT =
            "CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n";
    private static final String ABSOLUTE =
            "GET http://shop.example/cart HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    private final PacketScript net = new PacketScript();
    private final TcpScript tcp = net.tcp("10.0.0.1:40001", PROXY);
    private final TcpEnd client = tcp.client();
    private final TcpEnd proxy = tcp.server();

    private ReportScript https(double at, String why) {
        return report("https://shop.example/cart", at, why);
    }

    private ReportScript http(double at, String why) {
        return report("http://shop.example/cart", at, why);
    }

    private ReportScript report(String url, double at, String why) {
        return net.error("Get \"" + url + "\": " + why)
                .url(url)
                .proxy("http://" + PROXY)
                .between(0, at);
    }

    private TcpPacket connect() {
        tcp.opens(0.01, 0.002);
        return client.at(0.013).sends(CONNECT);
    }

    private TcpPacket forward() {
        tcp.opens(0.01, 0.002);
        return client.at(0.013).sends(ABSOLUTE);
    }

    private void tunnel() {
        connect();
        proxy.at(0.05).sends("HTTP/1.1 200 Connection established\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "407 Proxy Authentication Required, PROXY_AUTH_REQUIRED",
        "403 Forbidden, PROXY_DENIED",
        "400 Bad Request, PROXY_DENIED",
        "405 Method Not Allowed, PROXY_DENIED",
        "500 Internal Server Error, PROXY_UPSTREAM_FAILED",
        "502 Bad Gateway, PROXY_UPSTREAM_FAILED",
        "503 Service Unavailable, PROXY_UPSTREAM_FAILED",
        "504 Gateway Timeout, PROXY_UPSTREAM_FAILED"
    })
    void shouldNameTheProxysAnswerToConnect(String status, Cause cause) {
        TcpPacket request = connect();
        TcpPacket answer = proxy.at(0.05).sends(Shop.response(status, 120));

        https(0.06, status.substring(4))
                .verdict()
                .is(cause)
                .blames(Blame.PROXY)
                .in(Phase.PROXY)
                .cites(request, answer)
                .hints(PROXY, "shop.example:443", status.substring(0, 3))
                .sure();
    }

    @ParameterizedTest
    @CsvSource({
        "407 Proxy Authentication Required, Proxy-Authenticate: Basic, PROXY_AUTH_REQUIRED",
        "403 Forbidden, X-Squid-Error: ERR_ACCESS_DENIED 0, PROXY_DENIED",
        "503 Service Unavailable, X-Squid-Error: ERR_CONNECT_FAIL 111, PROXY_UPSTREAM_FAILED",
        "500 Unable to connect, Server: tinyproxy/1.11.1, PROXY_UPSTREAM_FAILED"
    })
    void shouldNameTheProxysOwnAnswerToAForwardedRequest(
            String status, String header, Cause cause) {
        TcpPacket request = forward();
        TcpPacket answer = proxy.at(0.05).sends(Shop.response(status, 120, header));

        http(0.06, "unexpected status code " + status)
                .verdict()
                .is(cause)
                .blames(Blame.PROXY)
                .in(Phase.PROXY)
                .cites(request, answer)
                .hints(PROXY, status.substring(0, 3));
    }

    @ParameterizedTest
    @CsvSource({"403 Forbidden", "404 Not Found", "500 Internal Server Error", "503 Busy"})
    void shouldBlameTheServerForAnAnswerThatTheProxyPassesOn(String status) {
        forward();
        TcpPacket answer =
                proxy.at(0.05)
                        .sends(
                                Shop.response(
                                        status,
                                        120,
                                        "Server: nginx",
                                        "Via: 1.1 cache (squid/6.6)"));

        http(0.06, "unexpected status code " + status)
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .blames(Blame.SERVER)
                .cites(answer);
    }

    @Test
    void shouldNotStopAtAChallengeThatTheClientAnswers() {
        connect();
        proxy.at(0.05)
                .sends(
                        Shop.response(
                                "407 Proxy Authentication Required",
                                0,
                                "Proxy-Authenticate: Basic realm=x"));
        client.at(0.06).sends(CONNECT);
        TcpPacket answer = proxy.at(0.09).sends(Shop.response("502 Bad Gateway", 0));

        https(0.1, "Bad Gateway").verdict().is(Cause.PROXY_UPSTREAM_FAILED).cites(answer);
    }

    @Test
    void shouldNameAProxyThatDoesNotAnswerConnect() {
        TcpPacket request = connect();
        TcpPacket ack = proxy.at(0.015).acks();

        https(10, "context deadline exceeded")
                .verdict()
                .is(Cause.PROXY_NO_RESPONSE)
                .blames(Blame.PROXY)
                .in(Phase.PROXY)
                .cites(request, ack)
                .hints(PROXY, "shop.example:443", "9.99 s")
                .sure();
    }

    @Test
    void shouldNameAProxyThatDoesNotAnswerAForwardedRequest() {
        TcpPacket request = forward();
        TcpPacket ack = proxy.at(0.015).acks();

        http(10, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
                .verdict()
                .is(Cause.PROXY_NO_RESPONSE)
                .blames(Blame.PROXY)
                .cites(request, ack);
    }

    @Test
    void shouldBlameTheProxyForItsClosedPort() {
        TcpPacket syn = client.at(0.01).syn();
        TcpPacket rst = proxy.at(0.012).refuses();

        https(0.02, "proxyconnect tcp: dial tcp 10.0.0.3:3128: connect: connection refused")
                .verdict()
                .is(Cause.TCP_REFUSED)
                .blames(Blame.PROXY)
                .in(Phase.CONNECT)
                .cites(syn, rst);
    }

    @Test
    void shouldBlameTheProxyForItsSilence() {
        TcpPacket syn = client.at(0.01).syn().lost();
        client.at(1.01).retransmits(syn).lost();
        client.at(3.01).retransmits(syn).lost();

        https(5, "proxyconnect tcp: dial tcp 10.0.0.3:3128: i/o timeout")
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .blames(Blame.PROXY)
                .cites(syn);
    }

    @Test
    void shouldBlameTheProxyForItsReset() {
        connect();
        TcpPacket rst = proxy.at(0.05).rstAck();

        https(0.06, "proxyconnect tcp: read: connection reset by peer")
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .blames(Blame.PROXY)
                .cites(rst);
    }

    @Test
    void shouldBlameTheServerForSilenceInsideTheTunnel() {
        tunnel();
        TcpPacket hello = client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        TcpPacket ack = proxy.at(0.062).acks();

        https(10, "net/http: TLS handshake timeout")
                .verdict()
                .is(Cause.TLS_NO_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.TLS)
                .cites(hello, ack);
    }

    @Test
    void shouldBlameTheServerForACloseInsideTheTunnel() {
        tunnel();
        TcpPacket hello = client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        TcpPacket fin = proxy.at(0.08).fin();

        https(0.09, "EOF")
                .verdict()
                .is(Cause.TLS_CLOSED_IN_HANDSHAKE)
                .blames(Blame.SERVER)
                .cites(hello, fin);
    }

    @Test
    void shouldBlameTheServerForAStallInsideTheTunnel() {
        tunnel();
        client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        TcpPacket begun = proxy.at(0.08).sends(TlsBytes.serverHello13());
        client.acks();

        https(10, "net/http: TLS handshake timeout")
                .verdict()
                .is(Cause.TLS_HANDSHAKE_STALLED)
                .blames(Blame.SERVER)
                .cites(begun);
    }

    @Test
    void shouldBlameTheServerForNoResponseInsideTheTunnel() {
        tunnel();
        client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        proxy.at(0.08).streams(TlsFlights.server13());
        client.at(0.081).sends(TlsFlights.clientFinish13());
        TcpPacket request = client.at(0.082).sends(TlsBytes.encrypted(300));
        TcpPacket tickets = proxy.at(0.1).sends(TlsFlights.tickets());
        client.acks();

        https(10, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(request, tickets);
    }

    @Test
    void shouldReadAnAlertInsideTheTunnel() {
        tunnel();
        client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        TcpPacket alert = proxy.at(0.08).sends(TlsBytes.alert(2, 112));

        https(0.09, "remote error: tls: unrecognized name")
                .verdict()
                .is(Cause.TLS_UNRECOGNIZED_NAME)
                .blames(Blame.SERVER)
                .cites(alert);
    }

    @Test
    void shouldReadANotTlsAnswerInsideTheTunnel() {
        tunnel();
        client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        TcpPacket answer = proxy.at(0.08).sends(Shop.response("400 Bad Request", 10));

        https(0.09, "http: server gave HTTP response to HTTPS client")
                .verdict()
                .is(Cause.TLS_NOT_TLS)
                .cites(answer);
    }

    @Test
    void shouldSeeInsideATunnelWhoseHeadsWereCutShort() {
        tunnel();
        TcpPacket hello = client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        TcpPacket alert = proxy.at(0.08).sends(TlsBytes.alert(2, 112));

        https(0.09, "remote error: tls: unrecognized name")
                .verdictWhenCutTo(96)
                .is(Cause.TLS_UNRECOGNIZED_NAME)
                .blames(Blame.SERVER)
                .cites(hello, alert);
    }

    @Test
    void shouldReadTheStatusFromHeadersCutShort() {
        connect();
        proxy.at(0.05).sends(Shop.response("403 Forbidden", 300));

        https(0.06, "Forbidden").verdictWhenCutTo(96).is(Cause.PROXY_DENIED);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        tunnel();
        client.at(0.06).sends(TlsBytes.clientHello("shop.example", 517));
        proxy.at(0.08).sends(TlsBytes.alert(2, 112));

        https(0.09, "remote error: tls: unrecognized name").survivesDamage("ProxyTest");
    }
}
