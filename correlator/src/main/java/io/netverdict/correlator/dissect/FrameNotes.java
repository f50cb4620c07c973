package io.netverdict.correlator.dissect;

import io.netverdict.correlator.dns.DnsMessage;
import io.netverdict.correlator.http.Http2Frame;
import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.quic.QuicPacket;
import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsHandshake;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The application messages noted at one packet: HTTP at the packet that brings the first byte, TLS
 * and DNS at the one that brings the last byte seen. Lists are in the order of the stream; filled
 * by this package, read by all.
 */
public final class FrameNotes {
    static final FrameNotes NONE = new FrameNotes();

    private final List<DnsMessage> dns = new ArrayList<>(0);
    private final List<TlsRecord> tlsRecords = new ArrayList<>(0);
    private final List<TlsHandshake> tlsHandshakes = new ArrayList<>(0);
    private final List<TlsAlert> tlsAlerts = new ArrayList<>(0);
    private final List<HttpRequest> httpRequests = new ArrayList<>(0);
    private final List<HttpResponse> httpResponses = new ArrayList<>(0);
    private final List<Http2Frame> http2Frames = new ArrayList<>(0);
    private final List<QuicPacket> quic = new ArrayList<>(0);
    private ClientHello quicHello;
    private boolean http2Preface;

    public List<DnsMessage> dns() {
        return dns;
    }

    public List<TlsRecord> tlsRecords() {
        return tlsRecords;
    }

    public List<TlsHandshake> tlsHandshakes() {
        return tlsHandshakes;
    }

    public List<TlsAlert> tlsAlerts() {
        return tlsAlerts;
    }

    public List<HttpRequest> httpRequests() {
        return httpRequests;
    }

    public List<HttpResponse> httpResponses() {
        return httpResponses;
    }

    public List<Http2Frame> http2Frames() {
        return http2Frames;
    }

    public List<QuicPacket> quic() {
        return quic;
    }

    /** The ClientHello of QUIC as far as the Initials up to here carry it; null without. */
    public ClientHello quicHello() {
        return quicHello;
    }

    void quicHelloRead(ClientHello hello) {
        quicHello = hello;
    }

    /** Whether the client's HTTP/2 connection preface begins here. */
    public boolean http2Preface() {
        return http2Preface;
    }

    void http2PrefaceSeen() {
        http2Preface = true;
    }

    public boolean hasTls() {
        return !tlsRecords.isEmpty() || !tlsHandshakes.isEmpty() || !tlsAlerts.isEmpty();
    }

    public boolean hasHttp() {
        return !httpRequests.isEmpty() || !httpResponses.isEmpty();
    }

    public boolean hasHttp2() {
        return http2Preface || !http2Frames.isEmpty();
    }
}
