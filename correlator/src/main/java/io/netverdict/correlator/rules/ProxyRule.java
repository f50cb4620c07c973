package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.Tunnel;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;
import java.util.Locale;

/** {@code proxy.*}: what the proxy says of a CONNECT, or of a request it should pass on. */
public final class ProxyRule implements ConnectionRule {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** Words in Server and Via by which forward proxies name themselves. */
    private static final List<String> PROXY_PRODUCTS =
            List.of("squid", "tinyproxy", "privoxy", "proxy", "zscaler", "bluecoat", "mitmproxy");

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (c.session().tunnel().isPresent()) {
            return tunnel(c, c.session().tunnel().get());
        }
        return c.toProxy() ? forwarded(c) : List.of();
    }

    private static List<Assessment> tunnel(ConnectionCase c, Tunnel tunnel) {
        if (tunnel.open()) {
            return List.of();
        }
        HttpResponse response = tunnel.response();
        if (response == null || response.first() == null) {
            return unanswered(c, tunnel);
        }
        if (response.first().timeNanos() > c.deadlineNanos()) {
            return unanswered(c, tunnel);
        }
        return List.of(
                status(response, "CONNECT " + tunnel.target(), c.tcp().server().toString())
                        .strength(0.97)
                        .evidencePacket("CONNECT " + tunnel.target(), tunnel.request().first())
                        .evidencePacket(
                                "the proxy's answer: "
                                        + response.status()
                                        + " "
                                        + response.reason()
                                        + response.header("X-Squid-Error")
                                                .map(e -> " (" + e + ")")
                                                .orElse(""),
                                response.first())
                        .build());
    }

    private static List<Assessment> unanswered(ConnectionCase c, Tunnel tunnel) {
        long giveUp = c.giveUpNanos();
        boolean delivered =
                c.tcp().toServer().ackedAt(giveUp) >= Math.max(1, tunnel.request().end());
        Segment close = c.tcp().toClient().close();
        boolean closed = close != null && close.timeNanos() <= giveUp;
        if (!delivered || closed) {
            return List.of();
        }
        long waited = c.waitedSince(tunnel.request().first().timeNanos());
        return List.of(
                Finding.of(Cause.PROXY_NO_RESPONSE)
                        .strength(0.95)
                        .decidedAt(giveUp)
                        .hint(
                                "the proxy "
                                        + c.tcp().server()
                                        + " took CONNECT "
                                        + tunnel.target()
                                        + " and did not answer in "
                                        + Figures.span(waited))
                        .evidencePacket("CONNECT " + tunnel.target(), tunnel.request().first())
                        .evidence(
                                "its acknowledgment, and no answer",
                                c.tcp().toServer().ackOf(tunnel.request().end()))
                        .build());
    }

    private static List<Assessment> forwarded(ConnectionCase c) {
        Exchange exchange = c.exchange();
        if (exchange == null || exchange.response() == null || exchange.status() < 400) {
            return List.of();
        }
        HttpResponse response = exchange.response();
        boolean authentication = exchange.status() == PROXY_AUTHENTICATION_REQUIRED;
        boolean own = authentication || madeByProxy(response);
        boolean gateway = exchange.status() >= 502 && exchange.status() <= 504;
        boolean anonymous = response.header("Via").isEmpty() && response.header("Server").isEmpty();
        if (!own && !(gateway && response.header("Via").isEmpty()) && !anonymous) {
            return List.of();
        }
        return List.of(
                status(response, exchange.describe(), c.tcp().server().toString())
                        .strength(own ? 0.95 : 0.75)
                        .evidencePacket("the request to the proxy", exchange.requestFirst())
                        .evidencePacket(
                                "the proxy's own answer: "
                                        + response.status()
                                        + " "
                                        + response.reason(),
                                response.first())
                        .build());
    }

    private static boolean madeByProxy(HttpResponse response) {
        String server = response.header("Server").orElse("").toLowerCase(Locale.ROOT);
        return response.header("X-Squid-Error").isPresent()
                || response.header("Proxy-Authenticate").isPresent()
                || response.header("Proxy-Agent").isPresent()
                || response.header("Proxy-Status").isPresent()
                || PROXY_PRODUCTS.stream().anyMatch(server::contains);
    }

    private static Finding.Builder status(HttpResponse response, String what, String proxy) {
        Cause cause =
                response.status() == PROXY_AUTHENTICATION_REQUIRED
                        ? Cause.PROXY_AUTH_REQUIRED
                        : response.status() >= 500
                                ? Cause.PROXY_UPSTREAM_FAILED
                                : Cause.PROXY_DENIED;
        String meaning =
                switch (cause) {
                    case PROXY_AUTH_REQUIRED -> "it wants credentials";
                    case PROXY_UPSTREAM_FAILED -> "it could not reach the server";
                    default -> "it denies the request";
                };
        return Finding.of(cause)
                .blame(Blame.PROXY)
                .phase(Phase.PROXY)
                .decidedAt(response.first().timeNanos())
                .hint(
                        "the proxy "
                                + proxy
                                + " answered "
                                + what
                                + " with "
                                + response.status()
                                + ": "
                                + meaning)
                .detail("The answer is the proxy's own; the server behind it was not heard.");
    }
}
