package io.netverdict.service.probe.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What a handshake is made with that only looks: every chain is taken, no key is there. */
final class ReadingManagers {
    private ReadingManagers() {}

    /** Remembers the chain and accepts it: it is judged afterwards, and nothing is entrusted. */
    static final class ChainReader extends X509ExtendedTrustManager {
        private volatile List<X509Certificate> chain = List.of();

        List<X509Certificate> chain() {
            return chain;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
            chain = List.of(sent);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] sent, String type, Socket socket) {
            chain = List.of(sent);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] sent, String type) {
            chain = List.of(sent);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] sent, String type, Socket socket) {
            throw new UnsupportedOperationException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] sent, String type) {
            throw new UnsupportedOperationException("a client only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Has no key, and remembers whether one was asked for. */
    static final class NoKeys extends X509ExtendedKeyManager {
        private volatile boolean asked;

        boolean asked() {
            return asked;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal[] issuers, SSLEngine engine) {
            asked = true;
            return null;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            asked = true;
            return null;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[0];
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
