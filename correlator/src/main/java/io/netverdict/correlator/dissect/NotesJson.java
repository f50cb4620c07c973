package io.netverdict.correlator.dissect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The messages noted at a packet as JSON objects. Where one packet has several messages of a
 * protocol, the object is the first and its {@code more} lists the others.
 */
final class NotesJson {
    private NotesJson() {}

    static void add(ObjectNode line, FrameNotes notes) {
        put(line, "dns", notes.dns().stream().map(NotesJson::dns).toList());
        if (notes.hasTls()) {
            line.set("tls", TlsJson.of(notes));
        }
        List<ObjectNode> http = new ArrayList<>();
        notes.httpRequests().forEach(request -> http.add(request(request)));
        notes.httpResponses().forEach(response -> http.add(response(response)));
        put(line, "http", http);
        if (notes.hasHttp2()) {
            line.set("http2", http2(notes));
        }
        List<ObjectNode> quic = notes.quic().stream().map(NotesJson::quic).toList();
        if (notes.quicHello() != null && !quic.isEmpty()) {
            hello(quic.get(0), notes.quicHello());
        }
        put(line, "quic", quic);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void put(ObjectNode line, String name, List<ObjectNode> messages) {
        if (messages.isEmpty()) {
            return;
        }
        ObjectNode first = messages.get(0);
        line.set(name, first);
        if (messages.size() > 1) {
            first.putArray("more").addAll(messages.subList(1, messages.size()));
        }
    }

    private static ObjectNode dns(DnsMessage message) {
        ObjectNode json = object();
        json.put("id", message.id());
        json.put("response", message.response());
        ArrayNode questions = json.putArray("questions");
        for (DnsQuestion question : message.questions()) {
            questions
                    .addObject()
                    .put("name", question.name())
                    .put("type", DnsType.name(question.type()));
        }
        if (message.response()) {
            json.put("rcode", DnsRcode.name(message.rcode()));
            json.put("truncated", message.truncated());
            ArrayNode answers = json.putArray("answers");
            message.answers().forEach(record -> answers.add(answer(record)));
        }
        if (message.problem() != null) {
            json.put("problem", message.problem());
        }
        return json;
    }

    private static ObjectNode answer(DnsRecord record) {
        ObjectNode json = object();
        json.put("name", record.name());
        json.put("type", DnsType.name(record.type()));
        json.put("ttl", record.ttlSeconds());
        if (record.address() != null) {
            json.put("address", record.address().toString());
        }
        if (record.target() != null) {
            json.put("target", record.target());
        }
        return json;
    }

    private static ObjectNode request(HttpRequest request) {
        ObjectNode json = object();
        json.put("method", request.method());
        json.put("target", request.target());
        json.put("version", request.version());
        request.host().ifPresent(host -> json.put("host", host));
        return json;
    }

    private static ObjectNode response(HttpResponse response) {
        ObjectNode json = object();
        json.put("version", response.version());
        json.put("status", response.status());
        json.put("reason", response.reason());
        return json;
    }

    private static ObjectNode http2(FrameNotes notes) {
        ObjectNode json = object();
        json.put("preface", notes.http2Preface());
        ArrayNode frames = json.putArray("frames");
        for (Http2Frame frame : notes.http2Frames()) {
            ObjectNode one = frames.addObject();
            one.put("type", Http2FrameNames.of(frame.type()));
            one.put("stream", frame.streamId());
            one.put("length", frame.length());
            if (frame.errorCode() >= 0) {
                one.put("error", Http2Error.name(frame.errorCode()));
            }
        }
        return json;
    }

    private static ObjectNode quic(QuicPacket packet) {
        ObjectNode json = object();
        if (packet instanceof QuicInitial initial) {
            json.put("type", "initial");
            json.put("version", version(initial.version()));
            json.put("dcid", initial.destinationId());
            json.put("scid", initial.sourceId());
            json.put("decrypted", initial.decrypted());
            if (initial.closeErrorCode() >= 0) {
                json.put("closeError", initial.closeErrorCode());
            }
        } else if (packet instanceof QuicLongHeader header) {
            json.put("type", header.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.put("version", version(header.version()));
            json.put("dcid", header.destinationId());
            json.put("scid", header.sourceId());
        } else {
            json.put("type", "short");
        }
        return json;
    }

    private static String version(int version) {
        return String.format(Locale.ROOT, "0x%08x", version);
    }

    /** What a client says of itself in TLS and QUIC. */
    static void hello(ObjectNode json, ClientHello hello) {
        if (hello.serverName() != null) {
            json.put("sni", hello.serverName());
        }
        if (!hello.alpn().isEmpty()) {
            ArrayNode alpn = json.putArray("alpn");
            hello.alpn().forEach(alpn::add);
        }
    }
}
