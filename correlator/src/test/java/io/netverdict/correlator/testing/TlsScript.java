package io.netverdict.correlator.testing;

/** Handshakes that go well, for tests of what comes behind them. */
public final class TlsScript {
    /** EncryptedExtensions, Certificate, CertificateVerify and Finished of a usual server. */
    private static final int SERVER_FLIGHT_BYTES = 2900;

    /** An encrypted Finished: 4 and 32 bytes, content type and tag. */
    private static final int FINISHED_BYTES = 53;

    private TlsScript() {}

    /** TLS 1.3 from ClientHello to the client's Finished, one round trip. */
    public static void handshake13(
            TcpScript tcp, double atSeconds, double roundTripSeconds, String host) {
        tcp.client().at(atSeconds).sends(TlsBytes.clientHello(host, 517));
        tcp.server().at(atSeconds + roundTripSeconds).acks();
        tcp.server()
                .streams(
                        TlsBytes.join(
                                TlsBytes.serverHello13(),
                                TlsBytes.changeCipherSpec(),
                                TlsBytes.encrypted(SERVER_FLIGHT_BYTES)));
        tcp.client().acks();
        tcp.client()
                .sends(
                        TlsBytes.join(
                                TlsBytes.changeCipherSpec(), TlsBytes.encrypted(FINISHED_BYTES)));
    }

    /** TLS 1.2 in full, two round trips, with the certificate in the clear. */
    public static void handshake12(
            TcpScript tcp, double atSeconds, double roundTripSeconds, String host, byte[] der) {
        tcp.client().at(atSeconds).sends(TlsBytes.clientHello(host, 517));
        tcp.server().at(atSeconds + roundTripSeconds).acks();
        tcp.server()
                .streams(
                        TlsBytes.join(
                                TlsBytes.serverHello12(),
                                TlsBytes.certificate(der),
                                TlsBytes.serverHelloDone()));
        tcp.client().acks();
        tcp.client().sends(TlsBytes.clientFinish12());
        tcp.server().at(atSeconds + 2 * roundTripSeconds).sends(TlsBytes.serverFinish12());
        tcp.client().acks();
    }
}
