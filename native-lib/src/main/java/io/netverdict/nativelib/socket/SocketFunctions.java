package io.netverdict.nativelib.socket;

import com.sun.jna.Native;

/**
 * The socket calls of the C library as of socket(2), ip(7) and ipv6(7), bound directly: pointers
 * and {@code size_t} travel as {@code long} or as arrays. Constants are Linux's.
 */
final class SocketFunctions {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;

    /** SOCK_NONBLOCK and SOCK_CLOEXEC: no call waits, and no child inherits. */
    static final int SOCK_FLAGS = 0x800 | 0x80000;

    static final int IPPROTO_IP = 0;
    static final int IPPROTO_ICMP = 1;
    static final int IPPROTO_IPV6 = 41;
    static final int IPPROTO_ICMPV6 = 58;
    static final int SOL_SOCKET = 1;
    static final int SOL_RAW = 255;
    static final int SO_ERROR = 4;
    static final int IP_TTL = 2;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_RECVERR = 11;
    static final int IP_MTU = 14;
    static final int IPV6_UNICAST_HOPS = 16;
    static final int IPV6_MTU_DISCOVER = 23;
    static final int IPV6_MTU = 24;
    static final int IPV6_RECVERR = 25;
    static final int IPV6_DONTFRAG = 62;

    /** Never fragment, and do not heed the path MTU known so far. */
    static final int PMTUDISC_PROBE = 3;

    static final int ICMP_FILTER = 1;
    static final int ICMPV6_FILTER = 1;
    static final int MSG_ERRQUEUE = 0x2000;
    static final int POLLIN = 1;
    static final int POLLOUT = 4;
    static final int POLLERR = 8;
    static final int POLLHUP = 16;

    static {
        Native.register(SocketFunctions.class, "c");
    }

    private SocketFunctions() {}

    static native int socket(int family, int type, int protocol);

    static native int bind(int descriptor, byte[] address, int addressBytes);

    static native int connect(int descriptor, byte[] address, int addressBytes);

    static native int getsockname(int descriptor, byte[] address, int[] addressBytes);

    static native int getsockopt(
            int descriptor, int level, int option, int[] value, int[] valueBytes);

    static native int setsockopt(
            int descriptor, int level, int option, byte[] value, int valueBytes);

    static native long sendto(
            int descriptor,
            byte[] data,
            long dataBytes,
            int flags,
            byte[] address,
            int addressBytes);

    static native long recvfrom(
            int descriptor,
            byte[] buffer,
            long bufferBytes,
            int flags,
            byte[] address,
            int[] addressBytes);

    static native long recvmsg(int descriptor, long message, int flags);

    static native int poll(byte[] descriptors, long count, int timeoutMillis);

    static native int close(int descriptor);
}
