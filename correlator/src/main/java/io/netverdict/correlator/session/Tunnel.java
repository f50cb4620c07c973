package io.netverdict.correlator.session;

import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.http.HttpResponse;

/**
 * A CONNECT to a proxy.
 *
 * @param request the CONNECT
 * @param response the proxy's answer, or null
 * @param target {@code host:port} it asks for
 * @param clientOffset where the tunnel begins in the client's stream; -1 where none was made
 * @param serverOffset likewise in the proxy's
 */
public record Tunnel(
        HttpRequest request,
        HttpResponse response,
        String target,
        long clientOffset,
        long serverOffset) {

    public boolean open() {
        return clientOffset >= 0;
    }

    /** The host of the target, without brackets. */
    public String host() {
        int colon = target.lastIndexOf(':');
        String host = colon > 0 ? target.substring(0, colon) : target;
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
