package io.netverdict.correlator.tls;

import java.util.List;

/** A handshake message that was sent in the clear. */
public sealed interface TlsHandshake {

    /** The record in which it begins. */
    TlsRecord record();

    /** Bytes behind the four of its header, as announced. */
    int length();

    /** Whether all of it was captured and could be read. */
    boolean complete();

    /** Its number among {@link TlsHandshakeType}. */
    int type();

    /**
     * What the client offers; as much as was captured.
     *
     * @param legacyVersion the version field: 0x0303 for TLS 1.2 and 1.3
     * @param supportedVersions of the extension, as sent, reserved (GREASE) values among them;
     *     empty without
     * @param serverName SNI in lower case, or null
     * @param alpn protocols offered
     * @param cipherSuites as sent
     * @param keyShareGroups groups that key shares are sent for
     * @param sessionResumption whether it offers to resume: a pre-shared key (TLS 1.3) or a session
     *     ticket that is not empty; a session id alone says nothing, as TLS 1.3 fills it too
     * @param sslV2 whether it came in the format of SSL 2.0
     * @param extensionTypes numbers of the extensions read, in their order
     */
    record ClientHello(
            TlsRecord record,
            int legacyVersion,
            List<Integer> supportedVersions,
            String serverName,
            List<String> alpn,
            List<Integer> cipherSuites,
            List<Integer> keyShareGroups,
            boolean sessionResumption,
            int length,
            boolean complete,
            boolean sslV2,
            List<Integer> extensionTypes)
            implements TlsHandshake {
        public ClientHello {
            supportedVersions = List.copyOf(supportedVersions);
            alpn = List.copyOf(alpn);
            cipherSuites = List.copyOf(cipherSuites);
            keyShareGroups = List.copyOf(keyShareGroups);
            extensionTypes = List.copyOf(extensionTypes);
        }

        @Override
        public int type() {
            return TlsHandshakeType.CLIENT_HELLO.code();
        }

        /** The newest version offered, -1 if unknown. */
        public int highestVersion() {
            return supportedVersions.stream()
                    .filter(version -> !TlsVersion.isGrease(version))
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(legacyVersion);
        }
    }

    /**
     * What the server chose; as much as was captured.
     *
     * @param legacyVersion the version field; -1 if not captured
     * @param selectedVersion the version spoken from now on: of the extension, else {@code
     *     legacyVersion}
     * @param cipherSuite chosen; -1 if not captured
     * @param helloRetryRequest whether this is no answer yet but asks for another ClientHello
     * @param alpn chosen protocol where it is visible (TLS 1.2), else null
     * @param sessionId the session id in hexadecimal, possibly empty
     */
    record ServerHello(
            TlsRecord record,
            int legacyVersion,
            int selectedVersion,
            int cipherSuite,
            boolean helloRetryRequest,
            String alpn,
            String sessionId,
            int length,
            boolean complete)
            implements TlsHandshake {
        @Override
        public int type() {
            return TlsHandshakeType.SERVER_HELLO.code();
        }

        /** Whether TLS 1.3 was chosen, after which all but hellos is encrypted. */
        public boolean isTls13() {
            return selectedVersion >= TlsVersion.TLS_1_3.code();
        }
    }

    /**
     * A certificate chain (up to TLS 1.2; later ones are encrypted).
     *
     * @param chain those that could be read, the sender's own first
     * @param empty whether the sender has none to show
     */
    record Certificate(
            TlsRecord record,
            List<CertificateInfo> chain,
            boolean empty,
            int length,
            boolean complete)
            implements TlsHandshake {
        public Certificate {
            chain = List.copyOf(chain);
        }

        @Override
        public int type() {
            return TlsHandshakeType.CERTIFICATE.code();
        }
    }

    /** The server asks for the client's certificate (up to TLS 1.2; later ones are encrypted). */
    record CertificateRequest(TlsRecord record, int length, boolean complete)
            implements TlsHandshake {
        @Override
        public int type() {
            return TlsHandshakeType.CERTIFICATE_REQUEST.code();
        }
    }

    /** Any other message: only its type and length matter. */
    record OtherHandshake(TlsRecord record, int type, int length, boolean complete)
            implements TlsHandshake {}
}
