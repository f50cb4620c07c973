package io.netverdict.correlator.testing;

import io.netverdict.correlator.decode.TestBytes;

/** TLS records and handshake messages (RFC 5246, RFC 8446), built by hand. */
public final class TlsBytes {
    public static final int ALERT_FATAL = 2;
    public static final int ALERT_WARNING = 1;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int TLS12 = 0x0303;
    private static final int TLS13 = 0x0304;
    private static final int AES_128_GCM_SHA256 = 0x1301;
    private static final int ECDHE_RSA_AES_128_GCM_SHA256 = 0xC02F;
    private static final int SERVER_NAME = 0;
    private static final int PADDING = 21;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;

    private TlsBytes() {}

    /** A record of a content type. */
    public static byte[] record(int type, byte[] content) {
        return new TestBytes().u8(type).u16(TLS12, content.length).raw(content).build();
    }

    /** A handshake message in no record yet. */
    public static byte[] handshake(int type, byte[] body) {
        return new TestBytes().u8(type).u24(body.length).raw(body).build();
    }

    private static byte[] extension(int type, byte[] body) {
        return new TestBytes().u16(type, body.length).raw(body).build();
    }

    /** A ClientHello for TLS 1.2 and 1.3 in one record. */
    public static byte[] clientHello(String host) {
        return clientHello(host, 0);
    }

    /** A ClientHello in one record of at least so many bytes, padded (RFC 7685). */
    public static byte[] clientHello(String host, int recordBytes) {
        byte[] bare = clientHelloRecord(host, new byte[0]);
        int missing = recordBytes - bare.length - 4;
        return missing < 0 ? bare : clientHelloRecord(host, extension(PADDING, new byte[missing]));
    }

    private static byte[] clientHelloRecord(String host, byte[] padding) {
        byte[] sni =
                new TestBytes().u16(host.length() + 3).u8(0).u16(host.length()).text(host).build();
        byte[] extensions =
                new TestBytes()
                        .raw(extension(SERVER_NAME, sni))
                        .raw(extension(SUPPORTED_VERSIONS, new byte[] {4, 3, 4, 3, 3}))
                        .raw(
                                extension(
                                        KEY_SHARE,
                                        new TestBytes().u16(36, 29, 32).zeros(32).build()))
                        .raw(padding)
                        .build();
        return record(
                HANDSHAKE,
                handshake(
                        1,
                        new TestBytes()
                                .u16(TLS12)
                                .zeros(32)
                                .u8(32)
                                .zeros(32)
                                .u16(4, AES_128_GCM_SHA256, ECDHE_RSA_AES_128_GCM_SHA256)
                                .u8(1, 0)
                                .u16(extensions.length)
                                .raw(extensions)
                                .build()));
    }

    public static byte[] serverHello12() {
        return record(HANDSHAKE, serverHello(ECDHE_RSA_AES_128_GCM_SHA256, new byte[0]));
    }

    public static byte[] serverHello13() {
        byte[] extensions =
                new TestBytes()
                        .raw(extension(SUPPORTED_VERSIONS, new TestBytes().u16(TLS13).build()))
                        .raw(extension(KEY_SHARE, new TestBytes().u16(29, 32).zeros(32).build()))
                        .build();
        return record(HANDSHAKE, serverHello(AES_128_GCM_SHA256, extensions));
    }

    private static byte[] serverHello(int suite, byte[] extensions) {
        TestBytes body = new TestBytes().u16(TLS12);
        for (int i = 0; i < 32; i++) {
            body.u8(0x40 + i);
        }
        return handshake(
                2, body.u8(0).u16(suite).u8(0).u16(extensions.length).raw(extensions).build());
    }

    /** TLS 1.2's Certificate message in a record of its own. */
    public static byte[] certificate(byte[]... der) {
        TestBytes list = new TestBytes();
        for (byte[] one : der) {
            list.u24(one.length).raw(one);
        }
        byte[] entries = list.build();
        return record(
                HANDSHAKE, handshake(11, new TestBytes().u24(entries.length).raw(entries).build()));
    }

    /** TLS 1.2's CertificateRequest: RSA and ECDSA, any authority. */
    public static byte[] certificateRequest() {
        byte[] body = new TestBytes().u8(2, 1, 64).u16(4, 0x0403, 0x0804, 0).build();
        return record(HANDSHAKE, handshake(13, body));
    }

    public static byte[] serverHelloDone() {
        return record(HANDSHAKE, handshake(14, new byte[0]));
    }

    /** TLS 1.2's ClientKeyExchange, ChangeCipherSpec and Finished. */
    public static byte[] clientFinish12() {
        return join(
                record(HANDSHAKE, handshake(16, new TestBytes().u8(65).zeros(65).build())),
                changeCipherSpec(),
                record(HANDSHAKE, new byte[40]));
    }

    /** TLS 1.2's ChangeCipherSpec and Finished of the server. */
    public static byte[] serverFinish12() {
        return join(changeCipherSpec(), record(HANDSHAKE, new byte[40]));
    }

    public static byte[] changeCipherSpec() {
        return record(CHANGE_CIPHER_SPEC, new byte[] {1});
    }

    public static byte[] alert(int level, int description) {
        return record(ALERT, new byte[] {(byte) level, (byte) description});
    }

    /** An encrypted record: so many bytes behind the record header. */
    public static byte[] encrypted(int contentBytes) {
        byte[] content = new byte[contentBytes];
        java.util.Arrays.fill(content, (byte) 0xC3);
        return record(APPLICATION_DATA, content);
    }

    /** TLS 1.2's alert behind the handshake: 8 bytes of nonce, 2 of alert, 16 of tag. */
    public static byte[] encryptedAlert12() {
        return record(ALERT, new byte[26]);
    }

    public static byte[] join(byte[]... parts) {
        TestBytes joined = new TestBytes();
        for (byte[] part : parts) {
            joined.raw(part);
        }
        return joined.build();
    }
}
