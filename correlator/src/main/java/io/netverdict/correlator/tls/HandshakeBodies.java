package io.netverdict.correlator.tls;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.netverdict.correlator.decode.StructReader;
import io.netverdict.correlator.decode.WireText;
import io.netverdict.correlator.tls.TlsHandshake.Certificate;
import io.netverdict.correlator.tls.TlsHandshake.CertificateRequest;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshake.OtherHandshake;
import io.netverdict.correlator.tls.TlsHandshake.ServerHello;
import io.netverdict.correlator.wire.Tls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Reads handshake messages; of a message that was cut, what is there.
 *
 * <p>Never throws on network bytes. Stateless.
 */
public final class HandshakeBodies {
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int SESSION_TICKET = 35;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;

    /** The random of a ServerHello that is a HelloRetryRequest (RFC 8446 section 4.1.3). */
    private static final byte[] RETRY_RANDOM =
            HexFormat.of()
                    .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private HandshakeBodies() {}

    /**
     * Reads one message.
     *
     * @param record in which it begins
     * @param type its number among {@link TlsHandshakeType}
     * @param length of its body as announced
     * @param body what was captured of it, at most {@code length} bytes
     */
    public static TlsHandshake read(TlsRecord record, int type, int length, byte[] body) {
        boolean whole = body.length >= length;
        return switch (TlsHandshakeType.of(type)) {
            case CLIENT_HELLO -> clientHello(record, length, body);
            case SERVER_HELLO -> serverHello(record, length, body);
            case CERTIFICATE -> certificate(record, length, body);
            case CERTIFICATE_REQUEST -> new CertificateRequest(record, length, whole);
            default -> new OtherHandshake(record, type, length, whole);
        };
    }

    /** Reads the body of a ClientHello. */
    public static ClientHello clientHello(TlsRecord record, int length, byte[] body) {
        Tls.ClientHello hello = new Tls.ClientHello(StructReader.over(body));
        boolean read = StructReader.completes(hello::_read);
        Extensions extensions = new Extensions();
        for (Tls.Extension extension : orEmpty(hello.extensions())) {
            extensions.ofClient(extension);
        }
        return new ClientHello(
                record,
                body.length >= 2 ? hello.version() : -1,
                extensions.versions,
                extensions.serverName,
                extensions.alpn,
                orEmpty(hello.cipherSuites()),
                extensions.groups,
                extensions.resumption,
                length,
                read && body.length >= length,
                false,
                extensions.types);
    }

    /** Reads a ClientHello of SSL 2.0's format, without its two bytes of length. */
    static ClientHello sslV2ClientHello(TlsRecord record, byte[] body) {
        Tls.Sslv2ClientHello hello = new Tls.Sslv2ClientHello(StructReader.over(body));
        boolean read = StructReader.completes(hello::_read);
        return new ClientHello(
                record,
                hello.version(),
                List.of(),
                null,
                List.of(),
                orEmpty(hello.cipherSpecs()).stream().map(Long::intValue).toList(),
                List.of(),
                false,
                record.length(),
                read && body.length >= record.length(),
                true,
                List.of());
    }

    private static ServerHello serverHello(TlsRecord record, int length, byte[] body) {
        Tls.ServerHello hello = new Tls.ServerHello(StructReader.over(body));
        boolean read = StructReader.completes(hello::_read);
        Extensions extensions = new Extensions();
        for (Tls.Extension extension : orEmpty(hello.extensions())) {
            extensions.ofServer(extension);
        }
        int legacyVersion = body.length >= 2 ? hello.version() : -1;
        boolean cipherSuiteRead =
                hello.sessionId() != null && body.length >= 2 + 32 + 1 + hello.lenSessionId() + 2;
        return new ServerHello(
                record,
                legacyVersion,
                extensions.selectedVersion >= 0 ? extensions.selectedVersion : legacyVersion,
                cipherSuiteRead ? hello.cipherSuite() : -1,
                Arrays.equals(hello.random(), RETRY_RANDOM),
                extensions.alpn.isEmpty() ? null : extensions.alpn.get(0),
                hello.sessionId() == null ? "" : HexFormat.of().formatHex(hello.sessionId()),
                length,
                read && body.length >= length);
    }

    private static Certificate certificate(TlsRecord record, int length, byte[] body) {
        Tls.CertificateList list = new Tls.CertificateList(StructReader.over(body));
        boolean read = StructReader.completes(list::_read);
        List<CertificateInfo> chain = new ArrayList<>();
        for (Tls.CertificateEntry entry : orEmpty(list.certificates())) {
            if (entry.der() != null) {
                CertificateReader.read(entry.der()).ifPresent(chain::add);
            }
        }
        boolean empty = length <= 3;
        return new Certificate(record, chain, empty, length, read && body.length >= length);
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    /** What the extensions said so far; one that makes no sense is passed over. */
    private static final class Extensions {
        private final List<Integer> types = new ArrayList<>();
        private final List<Integer> versions = new ArrayList<>();
        private final List<Integer> groups = new ArrayList<>();
        private final List<String> alpn = new ArrayList<>();
        private String serverName;
        private boolean resumption;
        private int selectedVersion = -1;

        void ofClient(Tls.Extension extension) {
            byte[] body = extension.body();
            if (body == null) {
                return;
            }
            types.add(extension.type());
            ByteBufferKaitaiStream io = StructReader.over(body);
            switch (extension.type()) {
                case SERVER_NAME -> serverName(new Tls.ServerNameList(io));
                case ALPN -> alpn(new Tls.ProtocolNameList(io));
                case SUPPORTED_VERSIONS -> {
                    Tls.SupportedVersions list = new Tls.SupportedVersions(io);
                    StructReader.completes(list::_read);
                    versions.addAll(orEmpty(list.versions()));
                }
                case KEY_SHARE -> {
                    Tls.ClientKeyShares shares = new Tls.ClientKeyShares(io);
                    StructReader.completes(shares::_read);
                    orEmpty(shares.entries()).forEach(entry -> groups.add(entry.group()));
                }
                case PRE_SHARED_KEY -> resumption = true;
                case SESSION_TICKET -> resumption |= body.length > 0;
                default -> {
                    // Nothing in it that a diagnosis needs.
                }
            }
        }

        void ofServer(Tls.Extension extension) {
            byte[] body = extension.body();
            if (body == null) {
                return;
            }
            types.add(extension.type());
            if (extension.type() == ALPN) {
                alpn(new Tls.ProtocolNameList(StructReader.over(body)));
            } else if (extension.type() == SUPPORTED_VERSIONS && body.length == 2) {
                selectedVersion = (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
            }
        }

        private void serverName(Tls.ServerNameList list) {
            StructReader.completes(list::_read);
            for (Tls.ServerName name : orEmpty(list.names())) {
                if (name.type() == 0 && name.name() != null && serverName == null) {
                    serverName = WireText.escape(name.name()).toLowerCase(Locale.ROOT);
                }
            }
        }

        private void alpn(Tls.ProtocolNameList list) {
            StructReader.completes(list::_read);
            for (Tls.ProtocolName name : orEmpty(list.names())) {
                if (name.name() != null) {
                    alpn.add(WireText.escape(name.name()));
                }
            }
        }
    }
}
