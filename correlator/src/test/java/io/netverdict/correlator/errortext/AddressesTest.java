package io.netverdict.correlator.errortext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.Endpoint;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    private final ErrorTextReader reader = new ErrorTextReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '`',
            textBlock =
                    """
                    read tcp 10.0.0.1:4000->192.0.2.7:443: read: connection reset by peer ⇒ 10.0.0.1:4000 ⇒ 192.0.2.7:443
                    write tcp [2001:db8::1]:4000->[2001:db8::7]:443: write: broken pipe ⇒ [2001:db8::1]:4000 ⇒ [2001:db8::7]:443
                    dial tcp [2001:db8::7]:443: i/o timeout ⇒ - ⇒ [2001:db8::7]:443
                    dial tcp 10.0.0.1:4000->192.0.2.7:443: i/o timeout ⇒ 10.0.0.1:4000 ⇒ 192.0.2.7:443
                    dial tcp [fe80::1%eth0]:443: i/o timeout ⇒ - ⇒ [fe80::1]:443
                    failed to connect to h/192.0.2.7 (port 443) from /10.0.0.1 (port 4000) after 10000ms ⇒ 10.0.0.1:4000 ⇒ 192.0.2.7:443
                    failed to connect to h/2001:db8::7 (port 443) from /2001:db8::1 (port 4000) after 100ms ⇒ [2001:db8::1]:4000 ⇒ [2001:db8::7]:443
                    Failed to connect to h/[2001:db8::7]:443 ⇒ - ⇒ [2001:db8::7]:443
                    connect ECONNREFUSED 192.0.2.7:8443 ⇒ - ⇒ 192.0.2.7:8443
                    connect EACCES 2001:db8:80:45::1e:443 ⇒ - ⇒ [2001:db8:80:45::1e]:443
                    connect EHOSTUNREACH 192.0.2.7:443 - Local (10.0.0.5:40112) ⇒ 10.0.0.5:40112 ⇒ 192.0.2.7:443
                    [id: 0x1, L:/10.0.0.1:4000 ! R:h/192.0.2.7:443] ⇒ 10.0.0.1:4000 ⇒ 192.0.2.7:443
                    Connection refused: h/192.0.2.7:8080 ⇒ - ⇒ 192.0.2.7:8080
                    [Connect call failed ('192.0.2.7', 443)] ⇒ - ⇒ 192.0.2.7:443
                    Failed to connect to 2001:db8::7 port 443 after 3 ms: refused ⇒ - ⇒ [2001:db8::7]:443
                    Connecting to h (h)|192.0.2.7|:443... failed: Connection refused. ⇒ - ⇒ 192.0.2.7:443
                    Get "http://192.0.2.7/x": EOF ⇒ - ⇒ 192.0.2.7:80
                    HTTPConnectionPool(host='192.0.2.7', port=8080): Connection to 192.0.2.7 timed out ⇒ - ⇒ 192.0.2.7:8080
                    GET https://[2001:db8::7]:8443/x failed: timeout ⇒ - ⇒ [2001:db8::7]:8443
                    socket: { localAddress: '10.0.0.5', localPort: 1, remoteAddress: '192.0.2.7', remotePort: 2 } ⇒ 10.0.0.5:1 ⇒ 192.0.2.7:2
                    at 12:09:06 version 7.88.1 said 999.1.1.1:80 and 1.2.3.4.5:80 ⇒ - ⇒ -
                    """)
    void shouldFindBothEnds(String text, String local, String remote) {
        MentionedAddresses found = reader.read(text, null).addresses();
        assertEquals(local, found.local().map(Endpoint::toString).orElse("-"), "local");
        assertEquals(remote, found.remote().map(Endpoint::toString).orElse("-"), "remote");
    }

    @Test
    void shouldKeepTheNameServerApartFromThePeer() {
        MentionedAddresses found =
                reader.read(
                                "dial tcp: lookup a.example on 192.0.2.51:53: read udp"
                                        + " 192.168.178.188:39414->192.0.2.51:53: i/o timeout",
                                null)
                        .addresses();
        assertEquals("192.0.2.51:53", found.dnsServer().orElseThrow().toString());
        assertEquals("192.168.178.188:39414", found.dnsClient().orElseThrow().toString());
        assertEquals(Optional.empty(), found.remote());
        assertEquals(2, found.all().size(), found.all().toString());
    }

    @Test
    void shouldTellTheProxyFromTheTarget() {
        ErrorFacts facts =
                reader.read(
                        "HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with"
                                + " url: /m (Caused by ConnectTimeoutError(<x>, 'Connection to"
                                + " proxy.corp.example timed out. (connect timeout=5)'))",
                        null);
        assertEquals(Optional.of("a.example"), facts.host());
        assertEquals(Optional.of("/m"), facts.target().path());
        assertEquals(Optional.of("https"), facts.target().scheme());
        assertEquals(Optional.of("proxy.corp.example"), facts.proxy().orElseThrow().host());
    }

    @Test
    void shouldReadTheProxysStatus() {
        ErrorFacts facts = reader.read("curl: (56) CONNECT tunnel failed, response 407", null);
        assertEquals(OptionalInt.of(407), facts.proxy().orElseThrow().status());
        ErrorFacts dotNet =
                reader.read(
                        "The proxy tunnel request to proxy 'http://proxy.corp.example:3128/' failed"
                                + " with status code '502'.",
                        null);
        assertEquals(OptionalInt.of(502), dotNet.proxy().orElseThrow().status());
        assertEquals(OptionalInt.of(3128), dotNet.proxy().orElseThrow().port());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '`',
            textBlock =
                    """
                    see https://docs.example/errors: GET https://a.example/x?y=1#z. ⇒ a.example ⇒ /x?y=1
                    (https://A.Example./x) failed ⇒ a.example ⇒ /x
                    I/O error on POST request for "https://user:secret@a.example:99/x": reset ⇒ a.example ⇒ /x
                    got 302 at http://a.example/path_(1), giving up ⇒ a.example ⇒ /path_(1)
                    Get \\"https://a.example/x\\": EOF ⇒ a.example ⇒ /x
                    pull r.example/base:3: Get "https://cdn.example/b2": EOF ⇒ cdn.example ⇒ /b2
                    GET http://a.example/x (redirected from http://b.example/) returned 500 ⇒ a.example ⇒ /x
                    """)
    void shouldFindTheRequestsUrl(String text, String host, String path) {
        ErrorTarget target = reader.read(text, null).target();
        assertEquals(Optional.of(host), target.host());
        assertEquals(Optional.of(path), target.path());
        assertTrue(target.url().isPresent());
    }
}
