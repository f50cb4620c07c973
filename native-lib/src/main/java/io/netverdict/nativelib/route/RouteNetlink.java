package io.netverdict.nativelib.route;

import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.netlink.NetlinkFamily;
import io.netverdict.nativelib.netlink.NetlinkMessage;
import io.netverdict.nativelib.netlink.NetlinkRequest;
import io.netverdict.nativelib.netlink.NetlinkSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the kernel about interfaces, addresses, routes, rules and neighbours of the namespace of the
 * thread that opened it. Needs no privileges. For one thread at a time.
 */
public final class RouteNetlink implements AutoCloseable {
    private static final int MAX_ENTRIES = 10_000;
    private static final int RTMGRP_LINK = 1;
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;
    private static final int NEWS_GROUPS = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;

    private final NetlinkSocket socket;

    private RouteNetlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** To ask. */
    public static RouteNetlink open() throws NetlinkException {
        return new RouteNetlink(NetlinkSocket.open(NetlinkFamily.ROUTE));
    }

    /** To listen for changes of interfaces and addresses, with {@link #news}. */
    public static RouteNetlink listen() throws NetlinkException {
        return new RouteNetlink(NetlinkSocket.subscribe(NetlinkFamily.ROUTE, NEWS_GROUPS));
    }

    /** All interfaces, by number. */
    public List<Link> links() throws NetlinkException {
        return dump("interfaces", LinkMessages.RTM_GETLINK, LinkMessages.IFINFO_BYTES).stream()
                .map(LinkMessages::link)
                .toList();
    }

    /** The addresses of all interfaces. */
    public List<LinkAddress> addresses() throws NetlinkException {
        return dump("addresses", LinkMessages.RTM_GETADDR, LinkMessages.IFADDR_BYTES).stream()
                .flatMap(m -> LinkMessages.address(m).stream())
                .toList();
    }

    /** The neighbour table, IPv4 and IPv6. */
    public List<Neighbor> neighbors() throws NetlinkException {
        return dump("neighbours", RouteMessages.RTM_GETNEIGH, RouteMessages.NDMSG_BYTES).stream()
                .flatMap(m -> RouteMessages.neighbor(m).stream())
                .toList();
    }

    /** The rules of policy routing of IPv4 and IPv6, by priority. */
    public List<PolicyRule> rules() throws NetlinkException {
        return dump("rules", RouteMessages.RTM_GETRULE, RouteMessages.RTMSG_BYTES).stream()
                .map(RouteMessages::rule)
                .sorted(java.util.Comparator.comparingLong(PolicyRule::priority))
                .distinct()
                .toList();
    }

    /**
     * How the kernel would route to a target, as {@code ip route get} asks.
     *
     * @throws NetlinkException also where there is no route
     */
    public Route route(InetAddress target) throws NetlinkException {
        byte[] address = target.getAddress();
        byte[] fixed = new byte[RouteMessages.RTMSG_BYTES];
        fixed[0] = address.length == 4 ? AF_INET : AF_INET6;
        fixed[1] = (byte) (address.length * 8);
        ByteBuffer.wrap(fixed)
                .order(ByteOrder.nativeOrder())
                .putInt(8, RouteMessages.RTM_F_LOOKUP_TABLE);
        NetlinkMessage answer =
                socket.get(
                        new NetlinkRequest(
                                        "route to " + target.getHostAddress(),
                                        RouteMessages.RTM_GETROUTE,
                                        0)
                                .fixed(fixed)
                                .attribute(RouteMessages.RTA_DST, address));
        return RouteMessages.route(target, answer);
    }

    /** What was heard of changes, waiting so long for the first of it. */
    public List<LinkNews> news(int timeoutMillis) {
        List<LinkNews> news = new ArrayList<>();
        for (NetlinkMessage message : socket.heard(timeoutMillis)) {
            LinkMessages.news(message).ifPresent(news::add);
        }
        return news;
    }

    private List<NetlinkMessage> dump(String name, int type, int fixedBytes)
            throws NetlinkException {
        List<NetlinkMessage> messages = new ArrayList<>();
        socket.ask(
                new NetlinkRequest(name, type, NetlinkRequest.DUMP).fixed(new byte[fixedBytes]),
                message -> {
                    messages.add(message);
                    return messages.size() < MAX_ENTRIES;
                });
        return messages;
    }

    @Override
    public void close() {
        socket.close();
    }
}
