package io.netverdict.service.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * What a lab's server shows itself with.
 *
 * @param key of the first certificate
 * @param chain as it is sent, the server's own certificate first
 */
public record LabIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final char[] PASSWORD = "lab".toCharArray();
    private static final int BACKLOG = 50;

    public LabIdentity {
        chain = List.copyOf(chain);
    }

    /** The same key with the first certificates of the chain only. */
    public LabIdentity sending(int certificates) {
        return new LabIdentity(key, chain.subList(0, certificates));
    }

    /** Opens a listener that speaks one version, for example {@code TLSv1.3}. */
    public Callable<ServerSocket> listener(String address, int port, String version) {
        SSLContext context = context();
        return () -> {
            SSLServerSocket socket =
                    (SSLServerSocket)
                            context.getServerSocketFactory()
                                    .createServerSocket(
                                            port, BACKLOG, InetAddress.getByName(address));
            socket.setEnabledProtocols(new String[] {version});
            return socket;
        };
    }

    private SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new LabException("no TLS for " + chain.get(0).getSubjectX500Principal(), e);
        }
    }
}
