package io.netverdict.correlator.dissect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netverdict.correlator.tls.CertificateInfo;
import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsHandshake;
import io.netverdict.correlator.tls.TlsHandshake.Certificate;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshake.ServerHello;
import io.netverdict.correlator.tls.TlsRecord;
import io.netverdict.correlator.tls.TlsVersion;
import java.util.Locale;

/** The TLS records, handshake messages and alerts noted at a packet, as one JSON object. */
final class TlsJson {
    private TlsJson() {}

    static ObjectNode of(FrameNotes notes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode records = json.putArray("records");
        for (TlsRecord record : notes.tlsRecords()) {
            records.addObject()
                    .put("type", TlsNames.contentType(record.contentType()))
                    .put("version", TlsVersion.name(record.version()))
                    .put("length", record.length());
        }
        if (!notes.tlsHandshakes().isEmpty()) {
            ArrayNode handshakes = json.putArray("handshakes");
            for (TlsHandshake message : notes.tlsHandshakes()) {
                handshakes.add(TlsNames.handshake(message));
                handshake(json, message);
            }
        }
        if (!notes.tlsAlerts().isEmpty()) {
            ArrayNode alerts = json.putArray("alerts");
            notes.tlsAlerts().forEach(alert -> alert(alerts.addObject(), alert));
        }
        return json;
    }

    private static void handshake(ObjectNode json, TlsHandshake message) {
        if (message instanceof ClientHello hello) {
            json.put("version", TlsVersion.name(hello.highestVersion()));
            NotesJson.hello(json, hello);
        } else if (message instanceof ServerHello hello) {
            if (hello.selectedVersion() >= 0) {
                json.put("version", TlsVersion.name(hello.selectedVersion()));
            }
            if (hello.cipherSuite() >= 0) {
                json.put("cipherSuite", String.format(Locale.ROOT, "0x%04x", hello.cipherSuite()));
            }
            if (hello.alpn() != null) {
                json.putArray("alpn").add(hello.alpn());
            }
        } else if (message instanceof Certificate certificate) {
            ArrayNode chain = json.putArray("certificates");
            certificate.chain().forEach(each -> certificate(chain.addObject(), each));
        }
    }

    private static void certificate(ObjectNode json, CertificateInfo certificate) {
        json.put("subject", certificate.subject());
        json.put("issuer", certificate.issuer());
        ArrayNode names = json.putArray("names");
        certificate.dnsNames().forEach(names::add);
        certificate.ipNames().forEach(names::add);
        json.put("notBefore", certificate.notBefore().toString());
        json.put("notAfter", certificate.notAfter().toString());
    }

    private static void alert(ObjectNode json, TlsAlert alert) {
        json.put("encrypted", alert.encrypted());
        if (alert.description() >= 0) {
            json.put("level", TlsNames.alertLevel(alert.level()));
            json.put("code", alert.description());
            json.put("description", TlsNames.alertDescription(alert));
        }
    }
}
