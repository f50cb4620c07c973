package io.netverdict.it.lab;

import io.netverdict.correlator.model.Cause;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.lab.TcpBehavior;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A request that fails for a known cause. Each has a name and an address of its own, so that the
 * packets of one can be told from those of all others.
 */
enum LiveFault {
    FIREWALL_DROP("https", 8443, Cause.TCP_SYN_NO_RESPONSE, onPath(PathFault.droppedPort(8443))),
    REFUSED("http", 8080, Cause.TCP_REFUSED, Fault::reachable),
    HOST_UNREACHABLE(
            "http",
            80,
            Cause.TCP_UNREACHABLE,
            (lab, fault) -> {
                lab.addName(fault.host(), fault.address());
                lab.router().ip("route replace unreachable " + fault.address());
            }),
    PROHIBITED(
            "http",
            80,
            Cause.TCP_ADMIN_PROHIBITED,
            (lab, fault) -> {
                lab.addName(fault.host(), fault.address());
                lab.router().ip("route replace prohibit " + fault.address());
            }),
    ABSENT_NEIGHBOR(
            "http",
            80,
            Cause.LINK_NEIGHBOR_UNRESOLVED,
            (lab, fault) -> lab.addName(fault.host(), Lab.ABSENT_NEIGHBOR)),
    DNS_SILENT("http", 80, Cause.DNS_NO_RESPONSE, (lab, fault) -> lab.silenceName(fault.host())),
    DNS_NXDOMAIN("http", 80, Cause.DNS_NXDOMAIN, (lab, fault) -> lab.failName(fault.host(), 3)),
    DNS_SERVFAIL(
            "http", 80, Cause.DNS_SERVER_FAILURE, (lab, fault) -> lab.failName(fault.host(), 2)),
    DNS_REFUSED("http", 80, Cause.DNS_REFUSED, (lab, fault) -> lab.failName(fault.host(), 5)),
    RESET(
            "http",
            80,
            Cause.TCP_RESET_BY_PEER,
            server(TcpBehavior.afterRequest(TcpBehavior.reset()))),
    RESET_MID_TRANSFER(
            "http",
            80,
            Cause.TCP_RESET_BY_PEER,
            server(TcpBehavior.partly(500_000, 60_000, TcpBehavior.reset()))),
    CLOSED(
            "http",
            80,
            Cause.HTTP_CLOSED_WITHOUT_RESPONSE,
            server(TcpBehavior.afterRequest(TcpBehavior.close()))),
    TRUNCATED(
            "http",
            80,
            Cause.HTTP_TRUNCATED_RESPONSE,
            server(TcpBehavior.partly(500_000, 60_000, TcpBehavior.close()))),
    NO_RESPONSE("http", 80, Cause.HTTP_NO_RESPONSE, server(TcpBehavior.silence())),
    STALLED(
            "http",
            80,
            Cause.HTTP_RESPONSE_STALLED,
            server(TcpBehavior.partly(500_000, 60_000, TcpBehavior.silence()))),
    STATUS_503(
            "http",
            80,
            Cause.HTTP_ERROR_STATUS,
            server(TcpBehavior.answer("503 Service Unavailable", 100))),
    TLS_ALERT("https", 443, Cause.TLS_ALERT, server(TcpBehavior.tlsAlert(80))),
    TLS_NOTHING_SHARED(
            "https", 443, Cause.TLS_NO_SHARED_PARAMETERS, server(TcpBehavior.tlsAlert(40))),
    TLS_SILENT("https", 443, Cause.TLS_NO_RESPONSE, server(TcpBehavior.silence())),
    NOT_TLS(
            "https",
            8081,
            Cause.TLS_NOT_TLS,
            server(TcpBehavior.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))),
    CERTIFICATE_EXPIRED(
            "https",
            443,
            Cause.TLS_CERTIFICATE_EXPIRED,
            (lab, fault) -> {
                lab.addHost(fault.host(), fault.address());
                lab.serve(
                        ServerKeys.expired(fault.host()).listener(fault.address(), 443),
                        TcpBehavior.answer("200 OK", 10));
            }),
    MTU_BLACK_HOLE(
            "http",
            80,
            Cause.PATH_MTU_BLACKHOLE,
            server(TcpBehavior.answer("200 OK", 10)).andThen(onPath(PathFault.largerThan(1_300)))),
    PEER_VANISHED(
            "http",
            8085,
            Cause.TCP_PEER_VANISHED,
            server(TcpBehavior.answer("200 OK", 10))
                    .andThen(onPath(PathFault.deadAfter(8085, 40_000)))),
    STALE_CONNECTION(
            "http",
            8086,
            Cause.TCP_STALE_CONNECTION,
            server(TcpBehavior.answerThenForget(1_000))
                    .andThen(onPath(PathFault.lostFirstReset(8086)))),
    PACKET_LOSS(
            "http",
            8087,
            Cause.PATH_PACKET_LOSS,
            server(TcpBehavior.answer("200 OK", 20_000_000))
                    .andThen(onPath(PathFault.loss(8087, 0.4, 20, 7)))),
    TLS_STALLED("https", 443, Cause.TLS_HANDSHAKE_STALLED, server(TcpBehavior.tlsBegins())),
    PROXY_SILENT("http", 3128, Cause.PROXY_NO_RESPONSE, server(TcpBehavior.silence())),
    OWN_HOST_RESET(
            "http",
            8088,
            Cause.TCP_RESET_BY_OWN_HOST,
            server(TcpBehavior.answer("200 OK", 2_000))
                    .andThen((lab, fault) -> ownFirewallResets(lab, fault.port())));

    /** What the faults know of themselves; an enum's constants cannot be referred to so early. */
    interface Fault {
        String host();

        String address();

        int port();

        /** The host is there; whether something listens is another matter. */
        static void reachable(Lab lab, Fault fault) {
            lab.addHost(fault.host(), fault.address());
        }
    }

    /** Less than the first flight, so that its small last segment goes out with the large ones. */
    private static final int SHORT_UPLOAD_BYTES = 8_000;

    /** Several flights, so that something is acknowledged before the path dies. */
    private static final int LONG_UPLOAD_BYTES = 100_000;

    private final String scheme;
    private final int port;
    private final Cause cause;
    private final BiConsumer<Lab, Fault> breakIt;

    LiveFault(String scheme, int port, Cause cause, BiConsumer<Lab, Fault> breakIt) {
        this.scheme = scheme;
        this.port = port;
        this.cause = cause;
        this.breakIt = breakIt;
    }

    private static BiConsumer<Lab, Fault> server(TcpBehavior behavior) {
        return (lab, fault) -> {
            lab.addHost(fault.host(), fault.address());
            lab.serve(fault.address(), fault.port(), behavior);
        };
    }

    /** The client's own firewall rejects the server's data with a reset. */
    private static void ownFirewallResets(Lab lab, int port) {
        List<String> rule =
                List.of(
                        ("iptables -A INPUT -p tcp --sport "
                                        + port
                                        + " -m length --length 150:65535 -j REJECT --reject-with"
                                        + " tcp-reset")
                                .split(" "));
        try {
            int status = lab.client().process(rule).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", rule) + ": status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static BiConsumer<Lab, Fault> onPath(PathFault broken) {
        return (lab, fault) -> {
            lab.addHost(fault.host(), fault.address());
            lab.setFault(broken);
        };
    }

    Cause cause() {
        return cause;
    }

    int uploadBytes() {
        return switch (this) {
            case MTU_BLACK_HOLE -> SHORT_UPLOAD_BYTES;
            case PEER_VANISHED -> LONG_UPLOAD_BYTES;
            default -> 0;
        };
    }

    String host() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".lab.example";
    }

    /** The address its TCP packets go to. */
    String address() {
        return this == ABSENT_NEIGHBOR ? Lab.ABSENT_NEIGHBOR : "198.51.100." + (100 + ordinal());
    }

    String url() {
        return scheme + "://" + host() + ":" + port + "/v1";
    }

    void breakIt(Lab lab) {
        LiveFault self = this;
        breakIt.accept(
                lab,
                new Fault() {
                    @Override
                    public String host() {
                        return self.host();
                    }

                    @Override
                    public String address() {
                        return self.address();
                    }

                    @Override
                    public int port() {
                        return port;
                    }
                });
    }
}
