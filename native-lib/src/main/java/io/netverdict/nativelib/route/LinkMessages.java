package io.netverdict.nativelib.route;

import io.netverdict.nativelib.netlink.Attributes;
import io.netverdict.nativelib.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads messages about interfaces and their addresses (linux/if_link.h, linux/if_addr.h). */
final class LinkMessages {
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    static final int RTM_GETADDR = 22;
    static final int IFINFO_BYTES = 16;
    static final int IFADDR_BYTES = 8;

    private static final int IFF_UP = 1;
    private static final int IFF_LOWER_UP = 0x1_0000;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_OPERSTATE = 16;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_STATS64 = 23;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;

    private static final String[] OPER_STATES = {
        "unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant", "up"
    };

    /** struct rtnl_link_stats64, in order. */
    private static final String[] COUNTERS = {
        "rx_packets",
        "tx_packets",
        "rx_bytes",
        "tx_bytes",
        "rx_errors",
        "tx_errors",
        "rx_dropped",
        "tx_dropped",
        "multicast",
        "collisions",
        "rx_length_errors",
        "rx_over_errors",
        "rx_crc_errors",
        "rx_frame_errors",
        "rx_fifo_errors",
        "rx_missed_errors",
        "tx_aborted_errors",
        "tx_carrier_errors",
        "tx_fifo_errors",
        "tx_heartbeat_errors",
        "tx_window_errors",
        "rx_compressed",
        "tx_compressed",
        "rx_nohandler"
    };

    private LinkMessages() {}

    static Link link(NetlinkMessage message) {
        Attributes attributes = message.attributes(IFINFO_BYTES);
        int flags = message.intAt(8);
        int state = attributes.byteOf(IFLA_OPERSTATE, 0);
        return new Link(
                message.intAt(4),
                attributes.textOf(IFLA_IFNAME, ""),
                (flags & IFF_UP) != 0,
                (flags & IFF_LOWER_UP) != 0,
                OPER_STATES[state < OPER_STATES.length ? state : 0],
                (int) attributes.intOf(IFLA_MTU, 0),
                attributes.nested(IFLA_LINKINFO).textOf(IFLA_INFO_KIND, ""),
                counters(attributes.bytesOf(IFLA_STATS64)));
    }

    private static Map<String, Long> counters(byte[] bytes) {
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        Map<String, Long> counters = new LinkedHashMap<>();
        for (int i = 0; i < COUNTERS.length && values.remaining() >= Long.BYTES; i++) {
            counters.put(COUNTERS[i], values.getLong());
        }
        return counters;
    }

    static Optional<LinkAddress> address(NetlinkMessage message) {
        Attributes attributes = message.attributes(IFADDR_BYTES);
        return attributes
                .addressOf(IFA_LOCAL)
                .or(() -> attributes.addressOf(IFA_ADDRESS))
                .map(a -> new LinkAddress(message.intAt(4), a, message.byteAt(1)));
    }

    /** What an unasked message tells, empty where it is about something else. */
    static Optional<LinkNews> news(NetlinkMessage message) {
        return switch (message.type()) {
            case RTM_NEWLINK -> news(LinkNews.Kind.LINK, message);
            case RTM_DELLINK -> news(LinkNews.Kind.LINK_REMOVED, message);
            case RTM_NEWADDR -> aboutAddress(LinkNews.Kind.ADDRESS_ADDED, message);
            case RTM_DELADDR -> aboutAddress(LinkNews.Kind.ADDRESS_REMOVED, message);
            default -> Optional.empty();
        };
    }

    private static Optional<LinkNews> news(LinkNews.Kind kind, NetlinkMessage message) {
        return Optional.of(new LinkNews(kind, Optional.of(link(message)), Optional.empty()));
    }

    private static Optional<LinkNews> aboutAddress(LinkNews.Kind kind, NetlinkMessage message) {
        return address(message).map(a -> new LinkNews(kind, Optional.empty(), Optional.of(a)));
    }
}
