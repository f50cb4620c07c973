package io.netverdict.capture.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address as a value; text form as RFC 5952.
 *
 * @param v6 whether this is an IPv6 address
 * @param high the first eight bytes (0 for IPv4)
 * @param low the last eight bytes, or the four of IPv4 in the low half
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {

    private static final int V6_GROUPS = 8;
    private static final String V4_OCTET = "(25[0-5]|2[0-4]\\d|1?\\d{1,2})";
    private static final String V4_LITERAL = V4_OCTET + "(\\." + V4_OCTET + "){3}";

    public static IpAddress ofV4(int bits) {
        return new IpAddress(false, 0, bits & 0xFFFF_FFFFL);
    }

    public static IpAddress ofV6(long high, long low) {
        return new IpAddress(true, high, low);
    }

    /** The address of 4 or 16 bytes in network order. */
    public static IpAddress of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case 4 -> ofV4(buffer.getInt());
            case 16 -> ofV6(buffer.getLong(), buffer.getLong());
            default -> throw new IllegalArgumentException("bytes.length=" + bytes.length);
        };
    }

    /**
     * Reads a literal (brackets and a zone are accepted); empty where the text is no address. Never
     * asks a name server.
     */
    public static Optional<IpAddress> parse(String text) {
        String literal = text;
        if (literal.startsWith("[") && literal.endsWith("]")) {
            literal = literal.substring(1, literal.length() - 1);
        }
        int zone = literal.indexOf('%');
        if (zone >= 0) {
            literal = literal.substring(0, zone);
        }
        boolean looksV6 = literal.indexOf(':') >= 0 && literal.matches("[0-9A-Fa-f:.]{2,45}");
        boolean looksV4 = literal.matches(V4_LITERAL);
        if (!looksV6 && !looksV4) {
            return Optional.empty();
        }
        try {
            // Brackets forbid a look-up: without them "12:09:06" is asked of the name server.
            byte[] bytes =
                    InetAddress.getByName(looksV6 ? '[' + literal + ']' : literal).getAddress();
            if (looksV6 && bytes.length == 4) {
                return Optional.of(ofV6(0, 0xFFFF_0000_0000L | ofV4(toInt(bytes)).low()));
            }
            return Optional.of(of(bytes));
        } catch (UnknownHostException notALiteral) {
            return Optional.empty();
        }
    }

    private static int toInt(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
    }

    public boolean isLoopback() {
        return v6 ? high == 0 && low == 1 : (low >>> 24) == 127;
    }

    public boolean isMulticast() {
        return v6 ? (high >>> 56) == 0xFF : (low >>> 28) == 0xE;
    }

    public boolean isLinkLocal() {
        return v6 ? (high >>> 54) == (0xFE80 >>> 6) : (low >>> 16) == 0xA9FE;
    }

    /** Broadcast (IPv4 only), multicast or unspecified: never a peer of a connection. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    // Written out for the reason that Endpoint gives.
    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that
                && low == that.low
                && high == that.high
                && v6 == that.v6;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }

    @Override
    public int compareTo(IpAddress other) {
        int byVersion = Boolean.compare(v6, other.v6);
        if (byVersion != 0) {
            return byVersion;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        if (!v6) {
            return (low >>> 24)
                    + "."
                    + ((low >>> 16) & 0xFF)
                    + "."
                    + ((low >>> 8) & 0xFF)
                    + "."
                    + (low & 0xFF);
        }
        int[] groups = new int[V6_GROUPS];
        for (int i = 0; i < V6_GROUPS; i++) {
            long half = i < 4 ? high : low;
            groups[i] = (int) (half >>> (48 - 16 * (i % 4))) & 0xFFFF;
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < V6_GROUPS; i++) {
            int end = i;
            while (end < V6_GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < V6_GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
