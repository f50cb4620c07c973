package io.netverdict.nativelib.netlink;

import com.sun.jna.Native;

/** Calls of the C library, bound directly; memory travels as addresses. */
final class SystemCalls {
    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x8_0000;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SOL_NETLINK = 270;
    static final int NETLINK_GET_STRICT_CHK = 12;
    static final int MSG_DONTWAIT = 0x40;
    static final short POLLIN = 1;

    static {
        Native.register(SystemCalls.class, "c");
    }

    private SystemCalls() {}

    static native int socket(int domain, int type, int protocol);

    static native int bind(int descriptor, long address, int length);

    static native int setsockopt(int descriptor, int level, int option, long value, int length);

    static native long send(int descriptor, long buffer, long count, int flags);

    static native long recv(int descriptor, long buffer, long count, int flags);

    static native int poll(long descriptors, long count, int timeoutMillis);

    static native int close(int descriptor);
}
