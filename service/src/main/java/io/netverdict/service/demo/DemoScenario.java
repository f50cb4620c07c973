package io.netverdict.service.demo;

import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.lab.TcpBehavior;
import java.util.List;
import java.util.function.Consumer;

/**
 * One way to break a request.
 *
 * @param name for {@code --only}
 * @param story what is broken, in a sentence
 * @param url what the client asks for
 * @param uploadBytes of a body to post; 0 for a GET
 * @param timeoutSeconds after which the client gives up
 * @param breakIt breaks the lab; the path's fault is removed afterwards
 */
record DemoScenario(
        String name,
        String story,
        String url,
        int uploadBytes,
        int timeoutSeconds,
        Consumer<Lab> breakIt) {
    private static final int TLS_HANDSHAKE_FAILURE = 40;
    private static final int BROKEN_LINK_BYTES = 1_400;

    /** Less than the first flight, so that its small last segment goes out with the large ones. */
    private static final int UPLOAD_BYTES = 8_000;

    /** All of them, in the order in which they are shown. */
    static final List<DemoScenario> ALL =
            List.of(
                    new DemoScenario(
                            "firewall-drop",
                            "A firewall on the way drops the connection without a word.",
                            "https://payments.shop.example:8443/charge",
                            0,
                            4,
                            lab -> {
                                lab.addHost("payments.shop.example", "198.51.100.11");
                                lab.setFault(PathFault.droppedPort(8443));
                            }),
                    new DemoScenario(
                            "refused",
                            "The host is up, but its service is not running.",
                            "http://inventory.shop.example:8080/stock",
                            0,
                            4,
                            lab -> lab.addHost("inventory.shop.example", "198.51.100.12")),
                    new DemoScenario(
                            "dns-silent",
                            "The name server never answers for this name.",
                            "https://login.partner.example/token",
                            0,
                            4,
                            lab -> lab.silenceName("login.partner.example")),
                    new DemoScenario(
                            "mtu-black-hole",
                            "A link on the way loses packets over 1400 bytes, and no ICMP says so.",
                            "http://orders.shop.example/v1/orders",
                            UPLOAD_BYTES,
                            6,
                            lab -> {
                                lab.addHost("orders.shop.example", "198.51.100.13");
                                lab.serve("198.51.100.13", 80, TcpBehavior.answer("200 OK", 20));
                                lab.setFault(PathFault.largerThan(BROKEN_LINK_BYTES));
                            }),
                    new DemoScenario(
                            "tls-alert",
                            "The server accepts none of the client's TLS parameters.",
                            "https://legacy.bank.example/transfer",
                            0,
                            4,
                            lab -> {
                                lab.addHost("legacy.bank.example", "198.51.100.14");
                                lab.serve(
                                        "198.51.100.14",
                                        443,
                                        TcpBehavior.tlsAlert(TLS_HANDSHAKE_FAILURE));
                            }),
                    new DemoScenario(
                            "reset-mid-transfer",
                            "The server process dies in the middle of a download.",
                            "http://images.shop.example/cat.img",
                            0,
                            6,
                            lab -> {
                                lab.addHost("images.shop.example", "198.51.100.15");
                                lab.serve(
                                        "198.51.100.15",
                                        80,
                                        TcpBehavior.partly(900_000, 120_000, TcpBehavior.reset()));
                            }),
                    new DemoScenario(
                            "server-silent",
                            "The server takes the request and never answers.",
                            "http://reports.shop.example/yearly",
                            0,
                            4,
                            lab -> {
                                lab.addHost("reports.shop.example", "198.51.100.16");
                                lab.serve("198.51.100.16", 80, TcpBehavior.silence());
                            }),
                    new DemoScenario(
                            "prohibited",
                            "A router says that the connection is prohibited.",
                            "https://files.partner.example/export",
                            0,
                            4,
                            lab -> {
                                lab.addName("files.partner.example", "198.51.100.17");
                                lab.router().ip("route replace prohibit 198.51.100.17");
                            }));
}
