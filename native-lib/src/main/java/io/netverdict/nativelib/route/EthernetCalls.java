package io.netverdict.nativelib.route;

import com.sun.jna.Native;

/** ioctl(2) on a socket, for what netlink does not tell of devices. */
final class EthernetCalls {
    static final int AF_INET = 2;
    static final int SOCK_DGRAM_CLOEXEC = 2 | 0x8_0000;

    static {
        Native.register(EthernetCalls.class, "c");
    }

    private EthernetCalls() {}

    static native int socket(int domain, int type, int protocol);

    static native int ioctl(int descriptor, long request, long argument);

    static native int close(int descriptor);
}
