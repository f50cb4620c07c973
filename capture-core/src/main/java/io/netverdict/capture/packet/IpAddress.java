package io.netverdict.capture.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address as a value; text form as RFC 5952.
 *
 * @param v6 whether this is an IPv6 address
 * @param high the first eight bytes (0 for IPv4)
 * @param low the last eight bytes, or the four of IPv4 in the low half
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {

    private static final int V6_GROUPS = 8;
    private static final Pattern V6_LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final long NO_V4 = -1;

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
        if (literal.indexOf(':') >= 0) {
            return V6_LITERAL.matcher(literal).matches() ? parseV6(literal) : Optional.empty();
        }
        long v4 = parseV4(literal);
        return v4 == NO_V4 ? Optional.empty() : Optional.of(ofV4((int) v4));
    }

    private static Optional<IpAddress> parseV6(String literal) {
        try {
            // Brackets forbid a look-up: without them "12:09:06" is asked of the name server.
            byte[] bytes = InetAddress.getByName('[' + literal + ']').getAddress();
            if (bytes.length == 4) {
                return Optional.of(ofV6(0, 0xFFFF_0000_0000L | ofV4(toInt(bytes)).low()));
            }
            return Optional.of(of(bytes));
        } catch (UnknownHostException notALiteral) {
            return Optional.empty();
        }
    }

    /** Four decimal numbers; three digits never begin with a zero. */
    private static long parseV4(String literal) {
        long bits = 0;
        int octet = 0;
        int digits = 0;
        int dots = 0;
        for (int i = 0; i < literal.length(); i++) {
            char next = literal.charAt(i);
            if (next >= '0' && next <= '9') {
                octet = 10 * octet + next - '0';
                digits++;
                if (octet > 255 || digits > 3 || digits == 3 && octet < 100) {
                    return NO_V4;
                }
            } else if (next == '.' && digits > 0 && dots < 3) {
                bits = bits << Byte.SIZE | octet;
                octet = 0;
                digits = 0;
                dots++;
            } else {
                return NO_V4;
            }
        }
        return digits > 0 && dots == 3 ? bits << Byte.SIZE | octet : NO_V4;
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
