package io.netverdict.correlator.dissect;

import io.netverdict.correlator.dns.DnsMessage;
import io.netverdict.correlator.dns.DnsQuestion;
import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsRecord;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.http.Http2Error;
import io.netverdict.correlator.http.Http2Frame;
import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.quic.QuicPacket;
import io.netverdict.correlator.quic.QuicPacket.QuicInitial;
import io.netverdict.correlator.quic.QuicPacket.QuicLongHeader;
import io.netverdict.correlator.tls.CertificateInfo;
import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsHandshake;
import io.netverdict.correlator.tls.TlsHandshake.Certificate;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshake.ServerHello;
import io.netverdict.correlator.tls.TlsRecord;
import io.netverdict.correlator.tls.TlsVersion;
import java.util.Locale;
import java.util.StringJoiner;

/** The messages noted at a packet in words, on one line. */
final class NotesText {
    private NotesText() {}

    static String of(FrameNotes notes) {
        StringJoiner text = new StringJoiner("; ");
        notes.dns().forEach(message -> text.add(dns(message)));
        for (TlsRecord record : notes.tlsRecords()) {
            if (record.contentType() != TlsRecord.HANDSHAKE
                    && record.contentType() != TlsRecord.ALERT) {
                text.add(TlsNames.contentType(record.contentType()));
            } else if (notes.tlsHandshakes().isEmpty() && notes.tlsAlerts().isEmpty()) {
                text.add("encrypted " + TlsNames.contentType(record.contentType()));
            }
        }
        notes.tlsHandshakes().forEach(message -> text.add(handshake(message)));
        notes.tlsAlerts().forEach(alert -> text.add(alert(alert)));
        for (HttpRequest request : notes.httpRequests()) {
            String host = request.host().map(name -> " host " + name).orElse("");
            text.add(request.method() + " " + request.target() + " " + request.version() + host);
        }
        for (HttpResponse response : notes.httpResponses()) {
            text.add(response.version() + " " + response.status() + " " + response.reason());
        }
        if (notes.http2Preface()) {
            text.add("preface");
        }
        notes.http2Frames().forEach(frame -> text.add(http2(frame)));
        notes.quic().forEach(packet -> text.add(quic(packet)));
        if (notes.quicHello() != null) {
            text.add(clientHello(notes.quicHello()));
        }
        return text.toString();
    }

    private static String dns(DnsMessage message) {
        StringJoiner text = new StringJoiner(" ");
        text.add((message.response() ? "response " : "query ") + message.id());
        for (DnsQuestion question : message.questions()) {
            text.add(DnsType.name(question.type()) + " " + question.name());
        }
        if (message.response()) {
            text.add(DnsRcode.name(message.rcode()));
            for (DnsRecord record : message.answers()) {
                text.add(DnsType.name(record.type()) + answer(record));
            }
        }
        if (message.truncated()) {
            text.add("TC");
        }
        return message.problem() == null ? text.toString() : text + " (" + message.problem() + ")";
    }

    private static String answer(DnsRecord record) {
        if (record.address() != null) {
            return " " + record.address();
        }
        return record.target() == null ? "" : " " + record.target();
    }

    private static String handshake(TlsHandshake message) {
        if (message instanceof ClientHello hello) {
            return clientHello(hello);
        }
        String name = TlsNames.handshake(message);
        if (message instanceof ServerHello hello && hello.selectedVersion() >= 0) {
            return name
                    + " "
                    + TlsVersion.name(hello.selectedVersion())
                    + (hello.alpn() == null ? "" : " alpn " + hello.alpn());
        }
        if (message instanceof Certificate certificate && !certificate.chain().isEmpty()) {
            CertificateInfo own = certificate.chain().get(0);
            return name
                    + " "
                    + own.subject()
                    + " "
                    + own.dnsNames()
                    + " valid "
                    + own.notBefore()
                    + " to "
                    + own.notAfter();
        }
        return name;
    }

    private static String clientHello(ClientHello hello) {
        String text = "client_hello " + TlsVersion.name(hello.highestVersion());
        if (hello.serverName() != null) {
            text += " sni " + hello.serverName();
        }
        return hello.alpn().isEmpty() ? text : text + " alpn " + hello.alpn();
    }

    private static String alert(TlsAlert alert) {
        return alert.description() < 0
                ? "encrypted alert"
                : "alert "
                        + TlsNames.alertLevel(alert.level())
                        + " "
                        + TlsNames.alertDescription(alert);
    }

    private static String http2(Http2Frame frame) {
        String text = Http2FrameNames.of(frame.type()) + "[" + frame.streamId() + "]";
        return frame.errorCode() < 0 ? text : text + " " + Http2Error.name(frame.errorCode());
    }

    private static String quic(QuicPacket packet) {
        if (packet instanceof QuicInitial initial) {
            return "initial to " + initial.destinationId();
        }
        if (packet instanceof QuicLongHeader header) {
            String type = header.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return type + " to " + header.destinationId();
        }
        return "short header";
    }
}
