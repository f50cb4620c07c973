package io.netverdict.it.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server's self-signed certificate, made by the JDK's keytool. */
final class ServerKeys {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final int BACKLOG = 50;

    private final SSLContext context;

    private ServerKeys(SSLContext context) {
        this.context = context;
    }

    /** A certificate that ended a month ago. */
    static ServerKeys expired(String host) {
        return made(host, "-60d");
    }

    /** A certificate of today that nobody has signed but its owner. */
    static ServerKeys selfSigned(String host) {
        return made(host, "-1d");
    }

    /** A certificate that begins in more than a year. */
    static ServerKeys notYetValid(String host) {
        return made(host, "+399d");
    }

    private static ServerKeys made(String host, String start) {
        try {
            Path directory = Files.createTempDirectory("lab-keys-");
            Path store = directory.resolve("keys.p12");
            try {
                keytool(host, store, start);
                return new ServerKeys(context(store));
            } finally {
                Files.deleteIfExists(store);
                Files.deleteIfExists(directory);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no keys for " + host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void keytool(String host, Path store, String start)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD),
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + host,
                                "-ext",
                                "SAN=dns:" + host,
                                "-startdate",
                                start,
                                "-validity",
                                "30")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said.strip());
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Opens a listener for TLS 1.2, in which the certificate can be seen on the wire. */
    Callable<ServerSocket> listener(String address, int port) {
        return () -> {
            SSLServerSocket socket =
                    (SSLServerSocket)
                            context.getServerSocketFactory()
                                    .createServerSocket(
                                            port, BACKLOG, InetAddress.getByName(address));
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            return socket;
        };
    }
}
