package io.netverdict.service.doctor;

import io.netverdict.service.client.ServiceClient;
import io.netverdict.service.client.ServiceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Whether the service runs, or could listen. */
final class ServiceCheck {
    private ServiceCheck() {}

    static Finding of(InetSocketAddress listen) {
        String where = listen.getAddress().getHostAddress() + ":" + listen.getPort();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(listen);
            return Finding.ok("service", "not running; " + where + " is free for it");
        } catch (IOException inUse) {
            return running(listen, where);
        }
    }

    private static Finding running(InetSocketAddress listen, String where) {
        try {
            String host = listen.getAddress().getHostAddress();
            URI url =
                    URI.create(
                            "http://"
                                    + (host.contains(":") ? "[" + host + "]" : host)
                                    + ":"
                                    + listen.getPort());
            String status = new ServiceClient(url).status().path("status").asText("unknown");
            return Finding.ok("service", "running on " + where + ", " + status);
        } catch (ServiceException e) {
            return Finding.missing(
                    "service",
                    where + " is taken by another program",
                    "serve --listen 127.0.0.1:PORT takes another port");
        }
    }
}
