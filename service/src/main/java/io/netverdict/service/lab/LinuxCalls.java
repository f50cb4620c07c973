package io.netverdict.service.lab;

import com.sun.jna.Native;

/** Calls of the C library that Java has no other way to: namespaces and TUN devices. */
final class LinuxCalls {
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int CLONE_NEWNET = 0x4000_0000;

    /** ioctl request of {@code linux/if_tun.h}: attach to an interface. */
    static final long TUNSETIFF = 0x4004_54CAL;

    /** Packets are IP packets, with nothing before them. */
    static final short IFF_TUN_NO_PI = 0x1001;

    static final short POLLIN = 1;

    static {
        Native.register(LinuxCalls.class, "c");
    }

    private LinuxCalls() {}

    static native int open(String path, int flags);

    static native int close(int descriptor);

    static native int setns(int descriptor, int type);

    static native int ioctl(int descriptor, long request, byte[] argument);

    static native int poll(byte[] descriptors, long count, int timeoutMillis);

    static native long read(int descriptor, byte[] buffer, long count);

    static native long write(int descriptor, byte[] buffer, long count);
}
