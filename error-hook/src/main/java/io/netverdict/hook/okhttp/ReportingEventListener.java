package io.netverdict.hook.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Notes what a call does on the network, and reports the call if it fails, also while the
 * application reads the response's body.
 */
final class ReportingEventListener extends ForwardingEventListener {
    private final CallRegister calls;
    private final CallRecord record;

    ReportingEventListener(CallRegister calls, CallRecord record, EventListener next) {
        super(next);
        this.calls = calls;
        this.record = record;
    }

    @Override
    public void dnsStart(Call call, String name) {
        record.note("dns query", name);
        super.dnsStart(call, name);
    }

    @Override
    public void dnsEnd(Call call, String name, List<InetAddress> addresses) {
        record.note("dns answer", List.copyOf(addresses));
        super.dnsEnd(call, name, addresses);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        record.connecting(address, proxy);
        super.connectStart(call, address, proxy);
    }

    @Override
    public void connectFailed(
            Call call,
            InetSocketAddress address,
            Proxy proxy,
            Protocol protocol,
            IOException failure) {
        record.note("connect failed", failure);
        super.connectFailed(call, address, proxy, protocol, failure);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, Protocol protocol) {
        record.note("connected", protocol);
        super.connectEnd(call, address, proxy, protocol);
    }

    @Override
    public void secureConnectStart(Call call) {
        record.note("TLS handshake", null);
        super.secureConnectStart(call);
    }

    @Override
    public void secureConnectEnd(Call call, Handshake handshake) {
        record.note("TLS established", handshake == null ? null : handshake.tlsVersion());
        super.secureConnectEnd(call, handshake);
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        record.acquired(connection, calls.localEnd(connection));
        super.connectionAcquired(call, connection);
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        record.hops().begin(request.method(), request.url());
        record.note("request sent", null);
        super.requestHeadersEnd(call, request);
    }

    @Override
    public void requestFailed(Call call, IOException failure) {
        record.note("request failed", failure);
        super.requestFailed(call, failure);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        record.hops().end(response.code());
        record.note("response", response.code());
        super.responseHeadersEnd(call, response);
    }

    @Override
    public void responseFailed(Call call, IOException failure) {
        record.note("response failed", failure);
        super.responseFailed(call, failure);
    }

    @Override
    public void callEnd(Call call) {
        calls.end(call);
        super.callEnd(call);
    }

    @Override
    public void callFailed(Call call, IOException failure) {
        calls.failed(call, failure);
        calls.end(call);
        super.callFailed(call, failure);
    }
}
