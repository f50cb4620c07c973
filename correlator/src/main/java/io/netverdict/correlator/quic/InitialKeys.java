package io.netverdict.correlator.quic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of Initial packets, which follow from the connection id that the client chose first (RFC
 * 9001 section 5.2, RFC 9369 section 3.3).
 */
record InitialKeys(SecretKeySpec key, byte[] iv, SecretKeySpec headerKey) {
    static final int TAG_BYTES = 16;
    static final int SAMPLE_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int IV_BYTES = 12;
    private static final int SECRET_BYTES = 32;

    /** The counter block of GCM's first block of text (NIST SP 800-38D). */
    private static final int FIRST_TEXT_COUNTER = 2;

    private static final String HMAC = "HmacSHA256";

    static InitialKeys of(QuicVersion version, byte[] clientDestinationId, boolean ofClient)
            throws GeneralSecurityException {
        byte[] salt = HexFormat.of().parseHex(version.salt());
        byte[] initial = hmac(salt, clientDestinationId);
        byte[] secret = expand(initial, ofClient ? "client in" : "server in", SECRET_BYTES);
        String prefix = version.labelPrefix();
        return new InitialKeys(
                new SecretKeySpec(expand(secret, prefix + " key", KEY_BYTES), "AES"),
                expand(secret, prefix + " iv", IV_BYTES),
                new SecretKeySpec(expand(secret, prefix + " hp", KEY_BYTES), "AES"));
    }

    /** The five bytes that mask the first byte and the packet number (RFC 9001 section 5.4). */
    byte[] headerMask(byte[] sample) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, headerKey);
        return Arrays.copyOf(cipher.doFinal(sample), 5);
    }

    /** The text of a whole packet; throws where it was not made with these keys. */
    byte[] open(long packetNumber, byte[] header, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        GCMParameterSpec spec = new GCMParameterSpec(TAG_BYTES * 8, nonce(packetNumber));
        cipher.init(Cipher.DECRYPT_MODE, key, spec);
        cipher.updateAAD(header);
        return cipher.doFinal(sealed);
    }

    /** The text of the beginning of a packet whose tag was cut off: nothing vouches for it. */
    byte[] openUnchecked(long packetNumber, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        byte[] counter =
                ByteBuffer.allocate(16).put(nonce(packetNumber)).putInt(FIRST_TEXT_COUNTER).array();
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(counter));
        return cipher.doFinal(sealed);
    }

    private byte[] nonce(long packetNumber) {
        byte[] nonce = iv.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[IV_BYTES - 1 - i] ^= (byte) (packetNumber >>> (8 * i));
        }
        return nonce;
    }

    /** HKDF-Expand-Label of TLS 1.3 (RFC 8446 section 7.1), for lengths of one hash at most. */
    private static byte[] expand(byte[] secret, String label, int length)
            throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info =
                ByteBuffer.allocate(2 + 1 + name.length + 1 + 1)
                        .putShort((short) length)
                        .put((byte) name.length)
                        .put(name)
                        .put((byte) 0)
                        .put((byte) 1)
                        .array();
        return Arrays.copyOf(hmac(secret, info), length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(data);
    }
}
