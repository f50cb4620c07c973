package io.netverdict.correlator.decode;

/** Makes text of bytes that somebody else sent: printable ASCII stays, the rest is escaped. */
public final class WireText {

    private WireText() {}

    /** Printable ASCII as it is, a backslash doubled, every other byte as {@code \xNN}. */
    public static String escape(byte[] bytes) {
        return escape(bytes, 0, bytes.length);
    }

    /** Like {@link #escape(byte[])}, of a range that lies within the array. */
    public static String escape(byte[] bytes, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = offset; i < offset + length; i++) {
            appendEscaped(text, bytes[i] & 0xFF);
        }
        return text.toString();
    }

    /** Appends one byte, escaped where it is not printable ASCII. */
    public static void appendEscaped(StringBuilder text, int octet) {
        if (octet == '\\') {
            text.append("\\\\");
        } else if (octet >= ' ' && octet < 0x7F) {
            text.append((char) octet);
        } else {
            text.append(String.format("\\x%02x", octet));
        }
    }
}
