package io.netverdict.service.lab;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Three network namespaces and the way between them:
 *
 * <pre>
 *   client 10.91.7.20 ── veth ── 10.91.7.1 router ── path with faults ── servers 198.51.100.x
 *                                                                        name server 192.0.2.53
 * </pre>
 *
 * <p>{@link #close} removes all of it, and so does the end of the process, by whatever signal it
 * can see; what a killed process left is removed by the next lab. Thread-safe where not said
 * otherwise.
 */
public final class Lab implements AutoCloseable {
    public static final String CLIENT_ADDRESS = "10.91.7.20";
    public static final String GATEWAY = "10.91.7.1";
    public static final String NAME_SERVER = "192.0.2.53";

    /** On the client's own link, and nobody is there. */
    public static final String ABSENT_NEIGHBOR = "10.91.7.77";

    private static final String PREFIX = "nvlab-";
    private static final String DEVICE = "path0";
    private static final long DELAY_MILLIS = 8;
    private static final long CLIENT_LIMIT_SECONDS = 60;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final NetworkNamespace client;
    private final NetworkNamespace router;
    private final NetworkNamespace servers;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread hook = new Thread(this::tearDown, "lab-cleanup");
    private final LabPath path;
    private final LabNameServer names;
    private boolean closed;

    private Lab() {
        removeLeftovers();
        String base = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            client = own(NetworkNamespace.create(base + "-client"));
            router = own(NetworkNamespace.create(base + "-router"));
            servers = own(NetworkNamespace.create(base + "-servers"));
            path = own(new LabPath(router, servers, DEVICE, DELAY_MILLIS));
            connect();
            names =
                    own(
                            new LabNameServer(
                                    servers.call(
                                            () -> {
                                                addServerAddress(NAME_SERVER);
                                                return new DatagramSocket(
                                                        new InetSocketAddress(NAME_SERVER, 53));
                                            })));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Builds a lab.
     *
     * @throws LabException where this machine does not allow it; its message says what to do
     */
    public static Lab open() {
        String problem = problem();
        if (problem != null) {
            throw new LabException(problem);
        }
        return new Lab();
    }

    /** Why no lab can be built here, in one line; null where one can. */
    public static String problem() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "network namespaces are a thing of Linux";
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return "network namespaces take root: run it with sudo";
        }
        if (!Files.exists(Path.of("/dev/net/tun"))) {
            return "/dev/net/tun is missing: load the tun module (modprobe tun)";
        }
        return null;
    }

    private static void removeLeftovers() {
        for (String name : NetworkNamespace.named(PREFIX)) {
            String pid = name.substring(PREFIX.length()).replaceAll("-.*", "");
            if (pid.matches("\\d{1,9}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                NetworkNamespace.remove(name);
            }
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }

    private void connect() {
        router.ip("link add eth0 type veth peer name eth0 netns " + client.name());
        client.ip(
                "link set eth0 up",
                "addr add " + CLIENT_ADDRESS + "/24 dev eth0",
                "route add default via " + GATEWAY);
        router.ip(
                "link set eth0 up",
                "addr add " + GATEWAY + "/24 dev eth0",
                "link set " + DEVICE + " up",
                "route add default dev " + DEVICE);
        servers.ip("link set " + DEVICE + " up", "route add default dev " + DEVICE);
        router.sysctl("ipv4/ip_forward", "1");
        client.etc("resolv.conf", "nameserver " + NAME_SERVER + "\noptions timeout:1 attempts:2\n");
        client.etc("nsswitch.conf", "hosts: files dns\n");
        client.etc("hosts", "127.0.0.1 localhost\n");
    }

    private void addServerAddress(String address) {
        servers.ip("addr replace " + address + "/32 dev lo");
    }

    /** The client's namespace. */
    public NetworkNamespace client() {
        return client;
    }

    /** The router's namespace: routes added here can answer with ICMP. */
    public NetworkNamespace router() {
        return router;
    }

    /** From now on, this is wrong with the path. */
    public void setFault(PathFault fault) {
        path.setFault(fault);
    }

    /** Gives a name an address that is reached over the path; connections are refused there. */
    public void addHost(String name, String address) {
        addServerAddress(address);
        addName(name, address);
    }

    /** Gives a name addresses, wherever they are. */
    public void addName(String name, String... addresses) {
        List<InetAddress> list = new ArrayList<>();
        for (String address : addresses) {
            list.add(new InetSocketAddress(address, 0).getAddress());
        }
        names.addresses(name, list);
    }

    /** The name server answers for a name with a response code only. */
    public void failName(String name, int rcode) {
        names.code(name, rcode);
    }

    /** The name server never answers for a name. */
    public void silenceName(String name) {
        names.silence(name);
    }

    /** From now on the client asks a name server first that is there and never answers. */
    public void addSilentNameServer(String address, String options) {
        addServerAddress(address);
        own(servers.call(() -> new DatagramSocket(new InetSocketAddress(address, 53))));
        client.etc(
                "resolv.conf",
                "nameserver "
                        + address
                        + "\nnameserver "
                        + NAME_SERVER
                        + "\noptions "
                        + options
                        + "\n");
    }

    /** A server on an address given by {@link #addHost}. */
    public void serve(String address, int port, TcpBehavior behavior) {
        serve(
                () -> new ServerSocket(port, 50, new InetSocketAddress(address, 0).getAddress()),
                behavior);
    }

    /** A server on a socket made in the servers' namespace, for example one that speaks TLS. */
    public void serve(Callable<? extends ServerSocket> listener, TcpBehavior behavior) {
        own(new LabServer(servers.call(listener::call), behavior));
    }

    /** Healthy requests of the client's, to {@code 203.0.113.40}, go on from now on. */
    public void startBackgroundTraffic(int everyMillis) {
        own(new BackgroundTraffic(this, everyMillis));
    }

    /** Runs a client to its end in the client's namespace; for one thread. */
    public ClientFailure run(String url, String... command) {
        try {
            Instant start = Instant.now();
            Process process =
                    client.process(Arrays.asList(command)).redirectErrorStream(true).start();
            AutoCloseable kill = own(process::destroyForcibly);
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(CLIENT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabException(command[0] + " does not end");
            }
            Instant end = Instant.now();
            synchronized (parts) {
                parts.remove(kill);
            }
            return new ClientFailure(
                    String.join(" ", command), process.exitValue(), said.strip(), url, start, end);
        } catch (IOException e) {
            throw new LabException(command[0] + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private void tearDown() {
        synchronized (parts) {
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    // The next part must go all the same.
                }
            }
        }
    }

    /** Removes servers, path and namespaces; idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        tearDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook with it.
        }
    }
}
