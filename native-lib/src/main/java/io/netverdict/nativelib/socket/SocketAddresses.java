package io.netverdict.nativelib.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * {@code sockaddr_in} and {@code sockaddr_in6}: the family in the machine's byte order, port and
 * address in the network's.
 */
final class SocketAddresses {
    static final int MAX_BYTES = 28;
    private static final int V4_BYTES = 16;
    private static final int V4_ADDRESS_OFFSET = 4;
    private static final int V6_ADDRESS_OFFSET = 8;
    private static final int V6_ADDRESS_BYTES = 16;
    private static final int V4_ADDRESS_BYTES = 4;

    private SocketAddresses() {}

    /** The bytes of an address; the family is the socket's. */
    static byte[] encode(InetAddress address, int port) {
        byte[] bytes = address.getAddress();
        boolean v6 = bytes.length == V6_ADDRESS_BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(v6 ? MAX_BYTES : V4_BYTES);
        short family = (short) (v6 ? SocketFunctions.AF_INET6 : SocketFunctions.AF_INET);
        buffer.order(ByteOrder.nativeOrder()).putShort(0, family).order(ByteOrder.BIG_ENDIAN);
        buffer.putShort(2, (short) port);
        buffer.put(v6 ? V6_ADDRESS_OFFSET : V4_ADDRESS_OFFSET, bytes);
        return buffer.array();
    }

    /** The address in some bytes; null where it is neither IPv4 nor IPv6. */
    static InetSocketAddress decode(byte[] bytes) {
        if (bytes.length < V4_BYTES) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int family = buffer.order(ByteOrder.nativeOrder()).getShort(0);
        int port = buffer.order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xFFFF;
        boolean v6 = family == SocketFunctions.AF_INET6 && bytes.length >= MAX_BYTES;
        if (!v6 && family != SocketFunctions.AF_INET) {
            return null;
        }
        int from = v6 ? V6_ADDRESS_OFFSET : V4_ADDRESS_OFFSET;
        int length = v6 ? V6_ADDRESS_BYTES : V4_ADDRESS_BYTES;
        try {
            InetAddress address =
                    InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + length));
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + length + " bytes", impossible);
        }
    }
}
