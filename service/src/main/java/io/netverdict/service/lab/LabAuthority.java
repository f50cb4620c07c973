package io.netverdict.service.lab;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority (RFC 5280) for servers of a lab: its certificates are real, and trusted
 * by nobody who is not told to. Immutable.
 */
public final class LabAuthority {
    private static final byte[] VERSION_3 = {(byte) 0xA0, 3, 2, 1, 2};

    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
    private static final byte[] ECDSA_SHA256 = {
        0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02
    };

    private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1D, 0x13};
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x06, 0x03, 0x55, 0x1D, 0x11};
    private static final int DNS_NAME = 0x82;
    private static final int EXTENSIONS = 0xA3;
    private static final byte[] TRUE = {(byte) 0xFF};
    private static final int SERIAL_BITS = 64;
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KeyPair keys;
    private final List<X509Certificate> chain;

    private LabAuthority(KeyPair keys, List<X509Certificate> chain) {
        this.keys = keys;
        this.chain = List.copyOf(chain);
    }

    /** An authority that is its own issuer. */
    public static LabAuthority root(String name) {
        KeyPair keys = newKeys();
        X500Principal subject = new X500Principal(name);
        X509Certificate certificate =
                certificate(subject, subject, keys, keys, null, yesterday(), nextYear());
        return new LabAuthority(keys, List.of(certificate));
    }

    /** An authority below this one. */
    public LabAuthority intermediate(String name) {
        KeyPair own = newKeys();
        X509Certificate issued =
                certificate(
                        new X500Principal(name),
                        certificate().getSubjectX500Principal(),
                        own,
                        keys,
                        null,
                        yesterday(),
                        nextYear());
        return new LabAuthority(own, with(issued));
    }

    /** A server's certificate, valid now. */
    public LabIdentity issue(String host) {
        return issue(host, yesterday(), nextYear());
    }

    /** A server's certificate. */
    public LabIdentity issue(String host, Instant notBefore, Instant notAfter) {
        KeyPair own = newKeys();
        X509Certificate issued =
                certificate(
                        new X500Principal("CN=" + host),
                        certificate().getSubjectX500Principal(),
                        own,
                        keys,
                        host,
                        notBefore,
                        notAfter);
        return new LabIdentity(own.getPrivate(), with(issued));
    }

    private List<X509Certificate> with(X509Certificate first) {
        List<X509Certificate> all = new ArrayList<>(List.of(first));
        all.addAll(chain);
        return all;
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Its own certificate as clients take it. */
    public String pem() {
        try {
            byte[] der = certificate().getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new LabException("a certificate cannot be written", e);
        }
    }

    private static Instant yesterday() {
        return Instant.now().minus(Duration.ofDays(1));
    }

    private static Instant nextYear() {
        return Instant.now().plus(VALIDITY);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new LabException("no keys", e);
        }
    }

    /**
     * @param host of a server; null for an authority
     */
    private static X509Certificate certificate(
            X500Principal subject,
            X500Principal issuer,
            KeyPair own,
            KeyPair signer,
            String host,
            Instant notBefore,
            Instant notAfter) {
        byte[] algorithm = Der.value(Der.SEQUENCE, ECDSA_SHA256);
        byte[] extension =
                host == null
                        ? Der.value(
                                Der.SEQUENCE,
                                BASIC_CONSTRAINTS,
                                Der.value(Der.BOOLEAN, TRUE),
                                Der.value(
                                        Der.OCTET_STRING,
                                        Der.value(Der.SEQUENCE, Der.value(Der.BOOLEAN, TRUE))))
                        : Der.value(
                                Der.SEQUENCE,
                                SUBJECT_ALTERNATIVE_NAME,
                                Der.value(
                                        Der.OCTET_STRING,
                                        Der.value(Der.SEQUENCE, Der.text(DNS_NAME, host))));
        byte[] body =
                Der.value(
                        Der.SEQUENCE,
                        VERSION_3,
                        Der.value(Der.INTEGER, serial()),
                        algorithm,
                        issuer.getEncoded(),
                        Der.value(
                                Der.SEQUENCE,
                                Der.text(Der.GENERALIZED_TIME, TIME.format(notBefore)),
                                Der.text(Der.GENERALIZED_TIME, TIME.format(notAfter))),
                        subject.getEncoded(),
                        own.getPublic().getEncoded(),
                        Der.value(EXTENSIONS, Der.value(Der.SEQUENCE, extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer.getPrivate());
            signature.update(body);
            byte[] whole = Der.value(Der.SEQUENCE, body, algorithm, Der.bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new LabException("no certificate for " + subject, e);
        }
    }

    private static byte[] serial() {
        return new BigInteger(SERIAL_BITS, ThreadLocalRandom.current()).setBit(0).toByteArray();
    }
}
