package io.netverdict.it.lab;

import io.netverdict.correlator.model.Cause;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.lab.TcpBehavior;
import java.util.Locale;

/**
 * The ways in which the table's clients fail; all stand at the same time, on hosts of their own.
 */
enum ClientFault {
    REFUSED("http", 8080, Cause.TCP_REFUSED),
    SYN_DROPPED("http", 8443, Cause.TCP_SYN_NO_RESPONSE),
    RESET_IN_RESPONSE("http", 80, Cause.TCP_RESET_BY_PEER),
    UNKNOWN_CA("https", 443, Cause.TLS_CERTIFICATE_UNTRUSTED),
    NXDOMAIN("http", 80, Cause.DNS_NXDOMAIN),
    SERVER_STALL("http", 81, Cause.HTTP_NO_RESPONSE);

    private static final int DNS_NXDOMAIN = 3;

    private final String scheme;
    private final int port;
    private final Cause cause;

    ClientFault(String scheme, int port, Cause cause) {
        this.scheme = scheme;
        this.port = port;
        this.cause = cause;
    }

    Cause cause() {
        return cause;
    }

    String host() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".lab.example";
    }

    private String address() {
        return "198.51.100." + (20 + ordinal());
    }

    String url() {
        return scheme + "://" + host() + ":" + port + "/files/img";
    }

    private void breakIt(Lab lab) {
        if (this == NXDOMAIN) {
            lab.failName(host(), DNS_NXDOMAIN);
            return;
        }
        lab.addHost(host(), address());
        switch (this) {
            case RESET_IN_RESPONSE ->
                    lab.serve(
                            address(),
                            port,
                            TcpBehavior.partly(500_000, 60_000, TcpBehavior.reset()));
            case UNKNOWN_CA ->
                    lab.serve(
                            ServerKeys.selfSigned(host()).listener(address(), port),
                            TcpBehavior.answer("200 OK", 10));
            case SERVER_STALL -> lab.serve(address(), port, TcpBehavior.silence());
            default -> {
                // Nothing listens.
            }
        }
    }

    /** Breaks all of them. */
    static void breakAll(Lab lab) {
        for (ClientFault fault : values()) {
            fault.breakIt(lab);
        }
        lab.setFault(PathFault.droppedPort(SYN_DROPPED.port));
    }
}
