package io.netverdict.service.api.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests that a web page of somebody else makes a browser send: those whose Host is a
 * name that is not ours (DNS rebinding), and those whose Origin is another site. Immutable.
 */
public final class OriginGuard {
    private static final Pattern PORT = Pattern.compile(":\\d*$");
    private static final Pattern V4_LITERAL = Pattern.compile("[0-9.]+");

    private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    private final boolean anyAddress;

    /**
     * @param listenAddress where the service listens; beyond loopback, this machine's addresses and
     *     its own name are ours too
     */
    public OriginGuard(InetAddress listenAddress) {
        anyAddress = !listenAddress.isLoopbackAddress();
        String address = listenAddress.getHostAddress();
        hosts.add(address.contains(":") ? "[" + address + "]" : address);
        if (anyAddress) {
            try {
                InetAddress self = InetAddress.getLocalHost();
                hosts.add(self.getHostName().toLowerCase(Locale.ROOT));
                hosts.add(self.getCanonicalHostName().toLowerCase(Locale.ROOT));
            } catch (UnknownHostException e) {
                // A machine without a name is reached by its address.
                return;
            }
        }
    }

    /** Throws where the request is not for us, or not from us. */
    public void check(Context context) {
        String host = context.header("Host");
        if (host == null || !isOurs(host)) {
            throw new ApiProblem(
                    403, "Foreign host", "the Host header names another host than this service");
        }
        String origin = context.header("Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            throw new ApiProblem(
                    403, "Foreign origin", "pages of other sites may not talk to this service");
        }
    }

    private boolean isOurs(String hostAndPort) {
        String host = PORT.matcher(hostAndPort.toLowerCase(Locale.ROOT)).replaceFirst("");
        // Only names can be rebound; an address is what the client really dialled.
        boolean literal = host.startsWith("[") || V4_LITERAL.matcher(host).matches();
        return hosts.contains(host) || anyAddress && literal;
    }
}
