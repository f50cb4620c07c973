package io.netverdict.nativelib.route;

import io.netverdict.nativelib.netlink.Attributes;
import io.netverdict.nativelib.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.StringJoiner;

/** Reads messages about routes, rules and neighbours (linux/rtnetlink.h and others). */
final class RouteMessages {
    static final int RTM_GETROUTE = 26;
    static final int RTM_GETNEIGH = 30;
    static final int RTM_GETRULE = 34;
    static final int RTMSG_BYTES = 12;
    static final int NDMSG_BYTES = 12;
    static final int RTM_F_LOOKUP_TABLE = 0x1000;
    static final int RTA_DST = 1;

    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_METRICS = 8;
    private static final int RTA_TABLE = 15;
    private static final int RTA_VIA = 18;
    private static final int RTAX_MTU = 2;
    private static final int FRA_DST = 1;
    private static final int FRA_SRC = 2;
    private static final int FRA_IIFNAME = 3;
    private static final int FRA_PRIORITY = 6;
    private static final int FRA_FWMARK = 10;
    private static final int FRA_TABLE = 15;
    private static final int FRA_OIFNAME = 17;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    private static final int NDA_CACHEINFO = 3;

    /** Ages are told in hundredths of a second (USER_HZ). */
    private static final int TICK_MILLIS = 10;

    /** Older than this, an age is a number that was never set. */
    private static final long LONGEST_AGE_MILLIS = 30L * 24 * 3600 * 1000;

    private static final String[] ROUTE_TYPES = {
        "unspecified",
        "unicast",
        "local",
        "broadcast",
        "anycast",
        "multicast",
        "blackhole",
        "unreachable",
        "prohibit",
        "throw",
        "nat"
    };
    private static final String[] RULE_ACTIONS = {
        "", "lookup", "goto", "nop", "", "", "blackhole", "unreachable", "prohibit"
    };

    /** NUD_*, by bit. */
    private static final String[] NEIGHBOR_STATES = {
        "INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED", "NOARP", "PERMANENT"
    };

    private RouteMessages() {}

    static Route route(InetAddress target, NetlinkMessage message) {
        Attributes attributes = message.attributes(RTMSG_BYTES);
        int type = message.byteAt(7);
        byte[] via = attributes.bytesOf(RTA_VIA);
        Optional<InetAddress> gateway = attributes.addressOf(RTA_GATEWAY).or(() -> viaAddress(via));
        return new Route(
                target,
                type < ROUTE_TYPES.length ? ROUTE_TYPES[type] : "type " + type,
                (int) attributes.intOf(RTA_OIF, 0),
                gateway,
                attributes.addressOf(RTA_PREFSRC),
                attributes.intOf(RTA_TABLE, message.byteAt(4)),
                attributes.nested(RTA_METRICS).intOf(RTAX_MTU, 0));
    }

    /** struct rtvia: a family, then the address. */
    private static Optional<InetAddress> viaAddress(byte[] via) {
        try {
            return via.length == 6 || via.length == 18
                    ? Optional.of(
                            InetAddress.getByAddress(
                                    java.util.Arrays.copyOfRange(via, 2, via.length)))
                    : Optional.empty();
        } catch (java.net.UnknownHostException neverForTheseLengths) {
            return Optional.empty();
        }
    }

    static PolicyRule rule(NetlinkMessage message) {
        Attributes attributes = message.attributes(RTMSG_BYTES);
        StringJoiner text = new StringJoiner(" ");
        attributes
                .addressOf(FRA_SRC)
                .ifPresent(a -> text.add("from " + a.getHostAddress() + "/" + message.byteAt(2)));
        attributes
                .addressOf(FRA_DST)
                .ifPresent(a -> text.add("to " + a.getHostAddress() + "/" + message.byteAt(1)));
        if (attributes.has(FRA_IIFNAME)) {
            text.add("iif " + attributes.textOf(FRA_IIFNAME, ""));
        }
        if (attributes.has(FRA_OIFNAME)) {
            text.add("oif " + attributes.textOf(FRA_OIFNAME, ""));
        }
        if (attributes.has(FRA_FWMARK)) {
            text.add("fwmark 0x" + Long.toHexString(attributes.intOf(FRA_FWMARK, 0)));
        }
        int action = message.byteAt(7);
        String does = action < RULE_ACTIONS.length ? RULE_ACTIONS[action] : "action " + action;
        text.add(
                "lookup".equals(does)
                        ? "lookup " + attributes.intOf(FRA_TABLE, message.byteAt(4))
                        : does);
        return new PolicyRule(attributes.intOf(FRA_PRIORITY, 0), text.toString());
    }

    static Optional<Neighbor> neighbor(NetlinkMessage message) {
        Attributes attributes = message.attributes(NDMSG_BYTES);
        String state = state(message.shortAt(8));
        return attributes
                .addressOf(NDA_DST)
                .map(
                        address ->
                                new Neighbor(
                                        message.intAt(4),
                                        address,
                                        state,
                                        hardware(attributes.bytesOf(NDA_LLADDR)),
                                        confirmedAgo(attributes.bytesOf(NDA_CACHEINFO))));
    }

    private static String state(int bits) {
        for (int i = 0; i < NEIGHBOR_STATES.length; i++) {
            if ((bits & 1 << i) != 0) {
                return NEIGHBOR_STATES[i];
            }
        }
        return "NONE";
    }

    private static String hardware(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (byte part : address) {
            text.append(text.length() == 0 ? "" : ":");
            text.append(Character.forDigit(part >> 4 & 0xF, 16));
            text.append(Character.forDigit(part & 0xF, 16));
        }
        return text.toString();
    }

    private static long confirmedAgo(byte[] cacheInfo) {
        if (cacheInfo.length < Integer.BYTES) {
            return -1;
        }
        long ticks =
                ByteBuffer.wrap(cacheInfo).order(ByteOrder.nativeOrder()).getInt() & 0xFFFF_FFFFL;
        long millis = ticks * TICK_MILLIS;
        return millis > LONGEST_AGE_MILLIS ? -1 : millis;
    }
}
