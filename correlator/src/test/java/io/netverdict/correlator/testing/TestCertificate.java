package io.netverdict.correlator.testing;

import io.netverdict.correlator.decode.TestBytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A self-signed X.509 certificate (RFC 5280) in DER, valid between any two moments. */
public final class TestCertificate {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int VERSION_TAG = 0xA0;
    private static final int EXTENSIONS_TAG = 0xA3;
    private static final int DNS_NAME_TAG = 0x82;
    private static final byte[] ECDSA_WITH_SHA256 = {
        0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2
    };
    private static final byte[] COMMON_NAME = {0x55, 4, 3};
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1D, 0x11};
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final KeyPair KEYS = keys();

    private TestCertificate() {}

    /** A certificate that is valid at the time of every script, for some names. */
    public static byte[] forNames(String... names) {
        return of(
                Instant.parse("2025-12-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                names);
    }

    /** A certificate for some names; the first is its common name too. */
    public static byte[] of(Instant notBefore, Instant notAfter, String... names) {
        byte[] algorithm = tlv(SEQUENCE, tlv(OBJECT_ID, ECDSA_WITH_SHA256));
        byte[] name =
                tlv(
                        SEQUENCE,
                        tlv(
                                SET,
                                tlv(
                                        SEQUENCE,
                                        tlv(OBJECT_ID, COMMON_NAME),
                                        tlv(UTF8_STRING, TestBytes.ascii(names[0])))));
        TestBytes alternatives = new TestBytes();
        List.of(names).forEach(n -> alternatives.raw(tlv(DNS_NAME_TAG, TestBytes.ascii(n))));
        byte[] extensions =
                tlv(
                        EXTENSIONS_TAG,
                        tlv(
                                SEQUENCE,
                                tlv(
                                        SEQUENCE,
                                        tlv(OBJECT_ID, SUBJECT_ALTERNATIVE_NAME),
                                        tlv(OCTET_STRING, tlv(SEQUENCE, alternatives.build())))));
        byte[] content =
                tlv(
                        SEQUENCE,
                        tlv(VERSION_TAG, tlv(INTEGER, new byte[] {2})),
                        tlv(INTEGER, new byte[] {1}),
                        algorithm,
                        name,
                        tlv(SEQUENCE, time(notBefore), time(notAfter)),
                        name,
                        KEYS.getPublic().getEncoded(),
                        extensions);
        byte[] signature = new TestBytes().u8(0).raw(sign(content)).build();
        return tlv(SEQUENCE, content, algorithm, tlv(BIT_STRING, signature));
    }

    private static byte[] time(Instant instant) {
        return tlv(UTC_TIME, TestBytes.ascii(UTC.format(instant)));
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        byte[] content = TlsBytes.join(parts);
        TestBytes bytes = new TestBytes().u8(tag);
        if (content.length < 0x80) {
            bytes.u8(content.length);
        } else if (content.length < 0x100) {
            bytes.u8(0x81, content.length);
        } else {
            bytes.u8(0x82).u16(content.length);
        }
        return bytes.raw(content).build();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
