package io.netverdict.correlator.testing;

import static io.netverdict.correlator.testing.TlsBytes.changeCipherSpec;
import static io.netverdict.correlator.testing.TlsBytes.encrypted;
import static io.netverdict.correlator.testing.TlsBytes.join;

import io.netverdict.correlator.tls.TlsMessages;

/**
 * Whole flights of TLS handshakes, record by record. Encrypted records of TLS 1.3 have the size
 * that their content gives them: content, one byte of type, 16 of tag (RFC 8446 5.2).
 */
public final class TlsFlights {
    private static final int HANDSHAKE = 22;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int HIDING_BYTES = 17;

    private TlsFlights() {}

    /** A ClientHello that offers HTTP/2 first. */
    public static byte[] clientHelloHttp2(String host) {
        return TlsBytes.record(HANDSHAKE, TlsMessages.clientHello(host, 280));
    }

    /** ServerHello, Certificate, ServerKeyExchange, ServerHelloDone of TLS 1.2. */
    public static byte[] server12(byte[] certificate) {
        return join(
                TlsBytes.serverHello12(),
                TlsBytes.certificate(certificate),
                message(SERVER_KEY_EXCHANGE, 329),
                TlsBytes.serverHelloDone());
    }

    /** The same with a CertificateRequest. */
    public static byte[] serverAsking12(byte[] certificate) {
        return join(
                TlsBytes.serverHello12(),
                TlsBytes.certificate(certificate),
                message(SERVER_KEY_EXCHANGE, 329),
                TlsBytes.certificateRequest(),
                TlsBytes.serverHelloDone());
    }

    /** The client's last flight of TLS 1.2 with an empty Certificate before it. */
    public static byte[] clientWithoutCertificate12() {
        return join(TlsBytes.certificate(), TlsBytes.clientFinish12());
    }

    /** The same with a certificate and its CertificateVerify. */
    public static byte[] clientWithCertificate12(byte[] certificate) {
        return join(
                TlsBytes.certificate(certificate),
                message(CLIENT_KEY_EXCHANGE, 66),
                message(CERTIFICATE_VERIFY, 76),
                changeCipherSpec(),
                TlsBytes.record(HANDSHAKE, new byte[40]));
    }

    /** ServerHello of TLS 1.3 and, encrypted, all up to the Finished. */
    public static byte[] server13() {
        return join(
                TlsBytes.serverHello13(),
                changeCipherSpec(),
                encrypted(6 + HIDING_BYTES),
                encrypted(1100 + HIDING_BYTES),
                encrypted(264 + HIDING_BYTES),
                finished13());
    }

    public static byte[] clientFinish13() {
        return join(changeCipherSpec(), finished13());
    }

    /** An empty Certificate (25 bytes) before the Finished. */
    public static byte[] clientWithoutCertificate13() {
        return join(changeCipherSpec(), encrypted(8 + HIDING_BYTES), finished13());
    }

    /** Certificate and CertificateVerify before the Finished. */
    public static byte[] clientWithCertificate13() {
        return join(
                changeCipherSpec(),
                encrypted(900 + HIDING_BYTES),
                encrypted(79 + HIDING_BYTES),
                finished13());
    }

    /** Two session tickets of one size, OpenSSL's way. */
    public static byte[] tickets() {
        return join(ticket(), ticket());
    }

    public static byte[] ticket() {
        return encrypted(217 + HIDING_BYTES);
    }

    /** An alert of TLS 1.3 behind the ServerHello: 19 bytes. */
    public static byte[] hiddenAlert() {
        return encrypted(2 + HIDING_BYTES);
    }

    private static byte[] finished13() {
        return encrypted(36 + HIDING_BYTES);
    }

    private static byte[] message(int type, int bytes) {
        byte[] body = new byte[bytes];
        java.util.Arrays.fill(body, (byte) 0x77);
        return TlsBytes.record(HANDSHAKE, TlsBytes.handshake(type, body));
    }
}
