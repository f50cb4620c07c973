package io.netverdict.service.probe.tls;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.probe.TlsProbe;
import io.netverdict.correlator.tls.CertificateInfo;
import io.netverdict.correlator.tls.CertificateReader;
import io.netverdict.service.probe.flow.ProbeSession;
import io.netverdict.service.probe.tls.ReadingManagers.ChainReader;
import io.netverdict.service.probe.tls.ReadingManagers.NoKeys;
import io.netverdict.service.probe.wire.ProbeConnection;
import io.netverdict.service.probe.wire.ProxyConnect;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/** Shakes hands with a server, reads its certificates, and leaves. */
public final class CertificateReading {
    private static final long TIMEOUT_NANOS = 4_000_000_000L;
    private static final long MAX_BYTES = 256 << 10;
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private final TrustedRoots roots;
    private final ProbeSession session;
    private final Endpoint target;
    private final String host;
    private final ChainReader reader = new ChainReader();
    private final NoKeys keys = new NoKeys();
    private String applicationProtocol;

    private CertificateReading(
            TrustedRoots roots, ProbeSession session, Endpoint target, String host) {
        this.roots = roots;
        this.session = session;
        this.target = target;
        this.host = host;
    }

    /**
     * Reads the certificates of a server.
     *
     * @param host its name or address, sent as SNI and looked for in the certificate
     * @param tunnel {@code host:port} that a proxy at the target is asked for first, or null
     */
    public static TlsProbe of(
            TrustedRoots roots, ProbeSession session, Endpoint target, String host, String tunnel) {
        return new CertificateReading(roots, session, target, host).run(tunnel);
    }

    private TlsProbe run(String tunnel) {
        long started = session.nowNanos();
        SSLEngine engine = engine();
        Reply reply;
        String problem = null;
        SSLSession agreed = engine.getSession();
        try (ProbeConnection connection =
                ProbeConnection.open(session, target, TIMEOUT_NANOS, MAX_BYTES)) {
            if (tunnel != null) {
                ProxyConnect.open(connection, tunnel);
            }
            HandshakeDriver driver = new HandshakeDriver(engine, connection);
            try {
                driver.run();
                agreed = engine.getSession();
                String chosen = engine.getApplicationProtocol();
                applicationProtocol = chosen == null || chosen.isEmpty() ? null : chosen;
                driver.close();
            } catch (SSLException e) {
                driver.flush();
                throw e;
            }
            reply = Reply.ANSWERED;
        } catch (SSLException e) {
            reply = Reply.GARBLED;
            problem = e.getMessage();
        } catch (IOException e) {
            reply = ProbeConnection.reply(e);
            problem = reply == Reply.SILENT ? null : e.getMessage();
        }
        return result(started, reply, problem, agreed);
    }

    private SSLEngine engine() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {reader}, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            if (IpAddress.parse(host).isEmpty()) {
                try {
                    parameters.setServerNames(List.of(new SNIHostName(host)));
                } catch (IllegalArgumentException noHostName) {
                    // Then it is asked for without a name, as clients do.
                }
            }
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private TlsProbe result(long started, Reply reply, String problem, SSLSession agreed) {
        List<X509Certificate> sent = new ArrayList<>();
        List<CertificateInfo> described = new ArrayList<>();
        for (X509Certificate certificate : reader.chain()) {
            Optional<CertificateInfo> info = describe(certificate);
            if (info.isPresent()) {
                sent.add(certificate);
                described.add(info.get());
            }
        }
        ChainCheck.Opinion opinion =
                sent.isEmpty()
                        ? new ChainCheck.Opinion(List.of(), null)
                        : new ChainCheck(roots).of(sent, described, host, Instant.now());
        boolean chosen = !NO_CIPHER.equals(agreed.getCipherSuite());
        return new TlsProbe(
                target,
                host,
                session.since(started),
                sent.isEmpty() ? reply : Reply.ANSWERED,
                chosen ? agreed.getProtocol() : null,
                chosen ? agreed.getCipherSuite() : null,
                chosen ? applicationProtocol : null,
                described,
                opinion.faults(),
                opinion.trust(),
                keys.asked(),
                problem);
    }

    private static Optional<CertificateInfo> describe(X509Certificate certificate) {
        try {
            return CertificateReader.read(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }
}
