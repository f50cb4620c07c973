package io.netverdict.hook.okhttp;

import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.support.Hops;
import io.netverdict.hook.support.RequestLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Instant;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.OkHttp;

/** What is known of a call. Thread-safe: OkHttp tells of one call on several threads. */
final class CallRecord {
    private static final String CLIENT = "okhttp " + OkHttp.VERSION;

    private final Instant startedAt = Instant.now();
    private final RequestLog log = new RequestLog();
    private final Hops hops = new Hops();
    private int connects;
    private InetSocketAddress connectedTo;
    private Proxy proxy;
    private Connection connection;
    private String local;
    private boolean severalConnections;

    Hops hops() {
        return hops;
    }

    void note(String event, Object detail) {
        log.note(event, detail);
    }

    synchronized void connecting(InetSocketAddress address, Proxy through) {
        connects++;
        connectedTo = address;
        proxy = through;
        log.note("connect", address);
    }

    /**
     * @param localEnd of the connection, taken while it was open: a closed socket forgets its port
     */
    synchronized void acquired(Connection used, String localEnd) {
        severalConnections |= connection != null && connection != used;
        connection = used;
        connectedTo = used.route().socketAddress();
        proxy = used.route().proxy();
        local = localEnd.isEmpty() ? null : localEnd;
        log.note("connection acquired", local);
    }

    static String localEnd(Socket socket) {
        String end =
                socket.getLocalSocketAddress() instanceof InetSocketAddress address
                        ? literal(address)
                        : null;
        return end == null ? "" : end;
    }

    /** {@code address:port}, null where the name was not resolved. */
    private static String literal(InetSocketAddress end) {
        if (end.getAddress() == null) {
            return null;
        }
        String address = end.getAddress().getHostAddress();
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        return (bare.indexOf(':') < 0 ? bare : "[" + bare + "]") + ":" + end.getPort();
    }

    synchronized FailedRequest describe(Call call, IOException failure) {
        FailedRequest request =
                FailedRequest.of(failure)
                        .withRequest(call.request().method(), call.request().url().uri())
                        .withStartedAt(startedAt)
                        .withClient(CLIENT);
        boolean oneConnection = !severalConnections && connects <= 1;
        if (oneConnection && connectedTo != null) {
            request = request.withRemote(literal(connectedTo)).withLocal(local);
        }
        if (proxy != null
                && proxy.type() == Proxy.Type.HTTP
                && proxy.address() instanceof InetSocketAddress end) {
            request = request.withProxy("http://" + end.getHostString() + ":" + end.getPort());
        }
        return log.addTo(hops.addTo(request));
    }
}
