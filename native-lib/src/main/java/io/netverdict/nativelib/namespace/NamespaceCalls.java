package io.netverdict.nativelib.namespace;

import com.sun.jna.Native;

/** setns(2) and what it takes. */
final class NamespaceCalls {
    static final int O_RDONLY_CLOEXEC = 0x8_0000;
    static final int CLONE_NEWNET = 0x4000_0000;

    static {
        Native.register(NamespaceCalls.class, "c");
    }

    private NamespaceCalls() {}

    static native int open(String path, int flags);

    static native int close(int descriptor);

    static native int setns(int descriptor, int type);
}
