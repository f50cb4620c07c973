package io.netverdict.service.lab;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** As much of DER (X.690) as certificates are written with. */
final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private static final int LONG_FORM = 0x80;

    private Der() {}

    /** A value with its tag and length. */
    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < LONG_FORM) {
            out.write(length);
        } else if (length <= 0xFF) {
            out.write(LONG_FORM | 1);
            out.write(length);
        } else {
            out.write(LONG_FORM | 2);
            out.write(length >> Byte.SIZE);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** Bits, all of the last byte used. */
    static byte[] bits(byte[] bytes) {
        return value(BIT_STRING, new byte[] {0}, bytes);
    }

    static byte[] text(int tag, String text) {
        return value(tag, text.getBytes(StandardCharsets.US_ASCII));
    }
}
