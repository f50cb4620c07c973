package io.netverdict.it.page;

import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.lab.RealClient;
import io.netverdict.service.lab.TcpBehavior;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request that fails in a way that a view of the page is for. */
enum PageCase {
    SILENT_FIREWALL("https", 8443, "198.51.100.31") {
        @Override
        void breakIt(Lab lab) {
            lab.addHost(host(), address());
            lab.setFault(PathFault.droppedPort(port()));
        }
    },
    MTU_HOLE("http", 80, "198.51.100.32") {
        @Override
        void breakIt(Lab lab) {
            lab.addHost(host(), address());
            lab.serve(address(), port(), TcpBehavior.answer("200 OK", 10));
            lab.setFault(PathFault.largerThan(1_300));
        }
    },
    STALE_CONNECTION("http", 8086, "198.51.100.33") {
        @Override
        void breakIt(Lab lab) {
            lab.addHost(host(), address());
            lab.serve(address(), port(), TcpBehavior.answerThenForget(1_000));
            lab.setFault(PathFault.lostFirstReset(port()));
        }
    },
    TLS_ALERT("https", 443, "198.51.100.34") {
        @Override
        void breakIt(Lab lab) {
            lab.addHost(host(), address());
            lab.serve(address(), port(), TcpBehavior.tlsAlert(HANDSHAKE_FAILURE));
        }
    },
    SEVERAL_ADDRESSES("http", 8090, "198.51.100.35") {
        @Override
        void breakIt(Lab lab) {
            lab.addHost(host(), "198.51.100.36");
            lab.router().ip("route replace blackhole " + address());
            lab.addName(host(), address(), "198.51.100.36");
        }
    },
    PROXY_TUNNEL("https", 443, "198.51.100.37") {
        @Override
        void breakIt(Lab lab) {
            lab.addHost("proxy.lab.example", address());
            lab.serve(
                    address(),
                    PROXY_PORT,
                    connection -> {
                        readHead(connection.getInputStream());
                        connection
                                .getOutputStream()
                                .write(ESTABLISHED.getBytes(StandardCharsets.US_ASCII));
                        TcpBehavior.tlsAlert(HANDSHAKE_FAILURE).serve(connection);
                    });
        }
    },
    SLOW_TRANSFER("http", 8087, "198.51.100.38") {
        @Override
        void breakIt(Lab lab) {
            lab.addHost(host(), address());
            lab.serve(address(), port(), TcpBehavior.answer("200 OK", 60_000_000));
            lab.setFault(PathFault.loss(port(), 0.4, 20, 7));
        }
    };

    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROXY_PORT = 3128;
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final int UPLOAD_BYTES = 8_000;

    private final String scheme;
    private final int port;
    private final String address;

    PageCase(String scheme, int port, String address) {
        this.scheme = scheme;
        this.port = port;
        this.address = address;
    }

    abstract void breakIt(Lab lab);

    String host() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".lab.example";
    }

    String address() {
        return address;
    }

    int port() {
        return port;
    }

    String url() {
        return scheme + "://" + host() + ":" + port + "/v1";
    }

    String[] command() {
        if (this == STALE_CONNECTION) {
            return new String[] {
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.netverdict.it.lab.KeepAliveClient",
                url()
            };
        }
        int seconds = this == SILENT_FIREWALL ? 3 : 6;
        int upload = this == MTU_HOLE ? UPLOAD_BYTES : 0;
        List<String> command =
                new ArrayList<>(List.of(RealClient.CURL.command(url(), upload, seconds)));
        if (this == PROXY_TUNNEL) {
            command.addAll(1, List.of("--proxy", "http://proxy.lab.example:" + PROXY_PORT));
        }
        return command.toArray(String[]::new);
    }

    private static void readHead(InputStream in) throws java.io.IOException {
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
    }
}
