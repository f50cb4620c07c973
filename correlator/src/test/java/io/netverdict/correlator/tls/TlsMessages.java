package io.netverdict.correlator.tls;

import io.netverdict.correlator.decode.TestBytes;

/** TLS records and messages, built by hand. */
public final class TlsMessages {
    static final int[] SUITES = {0x1301, 0x1302, 0xC02F};

    private TlsMessages() {}

    static byte[] record(int type, byte[] content) {
        return new TestBytes().u8(type).u16(0x0303, content.length).raw(content).build();
    }

    static byte[] handshake(int type, byte[] body) {
        return new TestBytes().u8(type).u24(body.length).raw(body).build();
    }

    private static byte[] extension(int type, byte[] body) {
        return new TestBytes().u16(type, body.length).raw(body).build();
    }

    /** A ClientHello for TLS 1.3 and 1.2 with SNI, ALPN, key shares and padding. */
    public static byte[] clientHello(String host, int paddingBytes) {
        byte[] sni =
                new TestBytes().u16(host.length() + 3).u8(0).u16(host.length()).text(host).build();
        byte[] alpn = new TestBytes().u16(12).u8(2).text("h2").u8(8).text("http/1.1").build();
        byte[] versions = new TestBytes().u8(6).u16(0x0A0A, 0x0304, 0x0303).build();
        byte[] shares =
                new TestBytes().u16(5 + 36).u16(0x1A1A, 1).u8(0).u16(29, 32).zeros(32).build();
        byte[] extensions =
                new TestBytes()
                        .raw(extension(0, sni))
                        .raw(extension(16, alpn))
                        .raw(extension(43, versions))
                        .raw(extension(51, shares))
                        .raw(extension(35, new byte[0]))
                        .raw(extension(21, new byte[paddingBytes]))
                        .build();
        return handshake(
                1,
                new TestBytes()
                        .u16(0x0303)
                        .zeros(32)
                        .u8(32)
                        .zeros(32)
                        .u16(SUITES.length * 2)
                        .u16(SUITES)
                        .u8(1, 0)
                        .u16(extensions.length)
                        .raw(extensions)
                        .build());
    }

    static byte[] serverHello(byte[] random, int cipherSuite, byte[] extensions) {
        return handshake(
                2,
                new TestBytes()
                        .u16(0x0303)
                        .raw(random)
                        .u8(0)
                        .u16(cipherSuite)
                        .u8(0)
                        .u16(extensions.length)
                        .raw(extensions)
                        .build());
    }

    static byte[] serverHelloTls13(byte[] random) {
        return serverHello(random, 0x1301, extension(43, new TestBytes().u16(0x0304).build()));
    }

    static byte[] certificate(byte[]... der) {
        TestBytes list = new TestBytes();
        for (byte[] one : der) {
            list.u24(one.length).raw(one);
        }
        byte[] entries = list.build();
        return handshake(11, new TestBytes().u24(entries.length).raw(entries).build());
    }
}
