package io.netverdict.nativelib.netlink;

/** Parts of the kernel that speak netlink (linux/netlink.h). */
public enum NetlinkFamily {
    /** Interfaces, addresses, routes, rules, neighbours: rtnetlink(7). */
    ROUTE(0),
    /** Sockets: sock_diag(7). */
    SOCK_DIAG(4),
    /** Connection tracking and nftables. */
    NETFILTER(12);

    private final int protocol;

    NetlinkFamily(int protocol) {
        this.protocol = protocol;
    }

    int protocol() {
        return protocol;
    }
}
