package io.netverdict.correlator.rules;

import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpEnd;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;

/**
 * The scene of most tests: a client resolves {@code shop.example} and connects to it, with a round
 * trip of 20 ms; what follows is the test's. Times are seconds since the request began.
 */
final class Shop {
    static final String HOST = "shop.example";
    static final String ADDRESS = "192.0.2.7";
    static final double TRIP = 0.02;

    /** The moment at which the connection is open. */
    static final double OPEN = 0.03;

    final PacketScript net = new PacketScript();
    final TcpScript tcp;
    final TcpEnd client;
    final TcpEnd server;
    private final String url;

    private Shop(String scheme, int port) {
        net.dns("10.0.0.1:50100", "10.0.0.53:53").resolves(0.001, HOST, ADDRESS);
        tcp = net.tcp("10.0.0.1:40001", ADDRESS + ":" + port);
        client = tcp.client();
        server = tcp.server();
        url = scheme + "://" + HOST + "/cart";
        tcp.opens(0.01, TRIP);
    }

    static Shop https() {
        return new Shop("https", 443);
    }

    static Shop http() {
        return new Shop("http", 80);
    }

    /** The ClientHello, as soon as the connection is open. */
    TcpPacket hello() {
        return client.at(OPEN + 0.001).sends(TlsBytes.clientHello(HOST, 517));
    }

    /** TLS 1.3 up to the client's Finished, at 53 ms. */
    Shop secured() {
        hello();
        server.at(OPEN + TRIP).streams(TlsFlights.server13());
        client.after(0.001).acks();
        client.after(0.001).sends(TlsFlights.clientFinish13());
        return this;
    }

    /** A GET in the clear, as soon as the connection is open. */
    TcpPacket get() {
        return client.at(OPEN + 0.001).sends(request("GET", "/cart"));
    }

    static String request(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\nAccept: */*\r\n\r\n";
    }

    /** A response with so many bytes of a body, headers first. */
    static String response(String statusLine, int bodyBytes, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + statusLine + "\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("Content-Length: ")
                .append(bodyBytes)
                .append("\r\n\r\n")
                .append("x".repeat(bodyBytes))
                .toString();
    }

    /** What the client says of its GET at a time. */
    ReportScript report(double atSeconds, String message) {
        return net.error(message).url(url).between(0, atSeconds);
    }

    /** Go's words for a request that failed. */
    ReportScript go(double atSeconds, String why) {
        return report(atSeconds, "Get \"" + url + "\": " + why);
    }
}
