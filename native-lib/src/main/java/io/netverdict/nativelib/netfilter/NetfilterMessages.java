package io.netverdict.nativelib.netfilter;

/** What all of netfilter's messages have in common (linux/netfilter/nfnetlink.h). */
final class NetfilterMessages {
    static final int SUBSYSTEM_CONNTRACK = 1;
    static final int SUBSYSTEM_NFTABLES = 10;

    /** struct nfgenmsg: family, version, resource. */
    static final int FIXED_BYTES = 4;

    static final byte AF_UNSPEC = 0;
    static final byte AF_INET = 2;
    static final byte AF_INET6 = 10;

    private NetfilterMessages() {}

    static int type(int subsystem, int message) {
        return subsystem << 8 | message;
    }

    static byte[] fixed(byte family) {
        return new byte[] {family, 0, 0, 0};
    }
}
