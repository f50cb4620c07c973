package io.netverdict.correlator.rules;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code tls.not-tls}: one of the two speaks TLS, the other does not. */
public final class NotTlsRule implements ConnectionRule {
    /** How nginx, Go, Apache, Jetty and others say that HTTP came in on their TLS port. */
    private static final List<String> PLAIN_TO_TLS =
            List.of(
                    "plain http request was sent to https port",
                    "sent an http request to an https server",
                    "speaking plain http to an ssl-enabled server port",
                    "speaking http to a tls port",
                    "this combination of host and port requires tls");

    private static final int PAGE_BYTES = 2048;
    private static final int HTTPS_PORT = 443;

    /** The SSL 2.0 record of a SERVER-HELLO: a length of two bytes, its top bit set, and a type. */
    private static final int SSL2_TWO_BYTE_HEADER = 0x80;

    private static final int SSL2_TYPE_AT = 2;
    private static final int SSL2_SERVER_HELLO = 4;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (c.session().clientSpeaksTls() && c.session().malformedSample().isPresent()) {
            if (answeredInKind(c)) {
                return List.of();
            }
            Segment answer = firstData(c);
            if (answer == null || answer.timeNanos() > c.deadlineNanos()) {
                return List.of();
            }
            return List.of(
                    Finding.of(Cause.TLS_NOT_TLS)
                            .strength(0.97)
                            .decidedAt(answer.timeNanos())
                            .hint(
                                    c.peer()
                                            + " does not speak TLS: it answered the ClientHello with \""
                                            + c.session().malformedSample().get()
                                            + "\"")
                            .detail(
                                    "An https URL is used for a port where something else is spoken, plain"
                                            + " HTTP as a rule.")
                            .evidencePackets("the ClientHello", clientHello(c))
                            .evidence("the answer is no TLS record", answer)
                            .build());
        }
        return plainToTls(c);
    }

    /** A server that still speaks SSL 2.0 answers its hello in records that TLS does not know. */
    private static boolean answeredInKind(ConnectionCase c) {
        long from = c.session().tunnel().map(t -> t.serverOffset()).orElse(0L);
        byte[] answer = c.tcp().toClient().stream().bytes(Math.max(0, from), SSL2_TYPE_AT + 1);
        return c.tls().flatMap(t -> t.clientHello()).map(h -> h.sslV2()).orElse(false)
                && answer.length > SSL2_TYPE_AT
                && (answer[0] & SSL2_TWO_BYTE_HEADER) != 0
                && answer[SSL2_TYPE_AT] == SSL2_SERVER_HELLO;
    }

    private static List<Assessment> plainToTls(ConnectionCase c) {
        Exchange exchange = c.exchange();
        if (exchange == null || exchange.encrypted()) {
            return List.of();
        }
        Segment first = firstData(c);
        boolean tlsAnswer =
                c.session().serverSpeaksTls() && exchange.response() == null && first != null;
        if (!exchange.answered() && !tlsAnswer) {
            return List.of();
        }
        DecodedPacket answer = exchange.answered() ? exchange.responseFirst() : first.packet();
        boolean saysSo = false;
        boolean likely = false;
        if (exchange.status() >= 400 && exchange.status() < 500) {
            String page =
                    new String(
                                    c.tcp().toClient().stream()
                                            .bytes(exchange.responseOffset(), PAGE_BYTES),
                                    StandardCharsets.ISO_8859_1)
                            .toLowerCase(Locale.ROOT);
            saysSo = PLAIN_TO_TLS.stream().anyMatch(page::contains);
            boolean cut = exchange.response().headEnd() < 0 || page.length() < 200;
            likely = exchange.status() == 400 && c.tcp().server().port() == HTTPS_PORT && cut;
        }
        if (!tlsAnswer && !saysSo && !likely) {
            return List.of();
        }
        return List.of(
                Finding.of(Cause.TLS_NOT_TLS)
                        .strength(likely && !saysSo && !tlsAnswer ? 0.75 : 0.96)
                        .phase(Phase.TLS)
                        .decidedAt(answer.timeNanos())
                        .hint(
                                "the client speaks plain HTTP to "
                                        + c.peer()
                                        + ", where TLS is expected")
                        .detail("An http URL is used for a port where the server speaks TLS.")
                        .evidencePacket("the request in the clear", exchange.requestFirst())
                        .evidencePacket(
                                tlsAnswer
                                        ? "the server answers with a TLS record"
                                        : "the server's answer says that it expects TLS",
                                answer)
                        .build());
    }

    private static Segment firstData(ConnectionCase c) {
        long from = c.session().tunnel().map(t -> t.serverOffset()).orElse(0L);
        return c.tcp().toClient().data().stream()
                .filter(s -> s.end() > Math.max(0, from))
                .findFirst()
                .orElse(null);
    }

    private static List<DecodedPacket> clientHello(ConnectionCase c) {
        return c.tls().flatMap(t -> t.clientHello()).stream().map(h -> h.record().first()).toList();
    }
}
