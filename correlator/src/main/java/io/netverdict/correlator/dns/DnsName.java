package io.netverdict.correlator.dns;

import io.netverdict.correlator.decode.WireText;

/**
 * Reads a name with its compression pointers (RFC 1035 section 4.1.4).
 *
 * <p>Pointers go strictly backwards and only so often; a name longer than allowed is no name.
 */
final class DnsName {
    private static final int POINTER_MARK = 0xC0;
    private static final int MAX_LABEL_BYTES = 63;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_POINTERS = 64;

    private DnsName() {}

    /**
     * The name at an offset: lower case, without the last dot, dots within labels and unprintable
     * bytes escaped; null where the bytes end first, or are no name.
     */
    static String read(byte[] message, int offset) {
        StringBuilder name = new StringBuilder();
        int at = offset;
        int runStart = offset;
        int length = 0;
        int pointers = 0;
        while (at >= 0 && at < message.length) {
            int octet = message[at] & 0xFF;
            if (octet == 0) {
                return name.toString();
            }
            if (octet >= POINTER_MARK) {
                if (at + 1 >= message.length || ++pointers > MAX_POINTERS) {
                    return null;
                }
                int target = (octet & ~POINTER_MARK) << 8 | (message[at + 1] & 0xFF);
                if (target >= runStart) {
                    return null;
                }
                at = target;
                runStart = target;
                continue;
            }
            length += octet + 1;
            if (octet > MAX_LABEL_BYTES
                    || length > MAX_NAME_BYTES
                    || at + 1 + octet > message.length) {
                return null;
            }
            appendLabel(name, message, at + 1, octet);
            at += 1 + octet;
        }
        return null;
    }

    private static void appendLabel(StringBuilder name, byte[] message, int offset, int length) {
        if (name.length() > 0) {
            name.append('.');
        }
        for (int i = offset; i < offset + length; i++) {
            int octet = message[i] & 0xFF;
            if (octet == '.') {
                name.append("\\.");
            } else if (octet >= 'A' && octet <= 'Z') {
                name.append((char) (octet + ('a' - 'A')));
            } else {
                WireText.appendEscaped(name, octet);
            }
        }
    }
}
