package io.netverdict.nativelib.netfilter;

import io.netverdict.nativelib.netlink.Attributes;
import io.netverdict.nativelib.netlink.Errno;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.netlink.NetlinkFamily;
import io.netverdict.nativelib.netlink.NetlinkMessage;
import io.netverdict.nativelib.netlink.NetlinkRequest;
import io.netverdict.nativelib.netlink.NetlinkSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the kernel about tracked connections of the namespace of the thread that opened it
 * (linux/netfilter/nfnetlink_conntrack.h). Takes CAP_NET_ADMIN. For one thread at a time.
 */
public final class Conntrack implements AutoCloseable {
    private static final int IPCTNL_MSG_CT_GET = 1;
    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_TUPLE_REPLY = 2;
    private static final int CTA_STATUS = 3;
    private static final int CTA_PROTOINFO = 4;
    private static final int CTA_TIMEOUT = 7;
    private static final int CTA_MARK = 8;
    private static final int CTA_COUNTERS_ORIG = 9;
    private static final int CTA_COUNTERS_REPLY = 10;
    private static final int CTA_TUPLE_IP = 1;
    private static final int CTA_TUPLE_PROTO = 2;
    private static final int CTA_IP_V4_SRC = 1;
    private static final int CTA_IP_V4_DST = 2;
    private static final int CTA_IP_V6_SRC = 3;
    private static final int CTA_IP_V6_DST = 4;
    private static final int CTA_PROTO_NUM = 1;
    private static final int CTA_PROTO_SRC_PORT = 2;
    private static final int CTA_PROTO_DST_PORT = 3;
    private static final int CTA_PROTOINFO_TCP = 1;
    private static final int CTA_PROTOINFO_TCP_STATE = 1;
    private static final int CTA_COUNTERS_PACKETS = 1;

    private static final String[] TCP_STATES = {
        "NONE",
        "SYN_SENT",
        "SYN_RECV",
        "ESTABLISHED",
        "FIN_WAIT",
        "CLOSE_WAIT",
        "LAST_ACK",
        "TIME_WAIT",
        "CLOSE",
        "SYN_SENT2"
    };

    /** By bit (enum ip_conntrack_status), those that say something; others are empty. */
    private static final String[] STATUS = {
        "EXPECTED",
        "SEEN_REPLY",
        "ASSURED",
        "CONFIRMED",
        "SRC_NAT",
        "DST_NAT",
        "",
        "",
        "",
        "DYING",
        "FIXED_TIMEOUT",
        "",
        "UNTRACKED",
        "",
        "OFFLOAD"
    };

    private final NetlinkSocket socket;

    private Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** To ask. */
    public static Conntrack open() throws NetlinkException {
        return new Conntrack(NetlinkSocket.open(NetlinkFamily.NETFILTER));
    }

    /** The entry that a packet of this direction belongs to; empty where there is none. */
    public Optional<ConntrackEntry> find(ConntrackTuple tuple) throws NetlinkException {
        byte[] source = tuple.source().getAddress().getAddress();
        byte[] destination = tuple.destination().getAddress().getAddress();
        boolean v4 = source.length == 4;
        NetlinkRequest request =
                new NetlinkRequest(
                                "connection tracking",
                                NetfilterMessages.type(
                                        NetfilterMessages.SUBSYSTEM_CONNTRACK, IPCTNL_MSG_CT_GET),
                                0)
                        .fixed(
                                NetfilterMessages.fixed(
                                        v4
                                                ? NetfilterMessages.AF_INET
                                                : NetfilterMessages.AF_INET6));
        int whole = request.begin(CTA_TUPLE_ORIG);
        int ip = request.begin(CTA_TUPLE_IP);
        request.attribute(v4 ? CTA_IP_V4_SRC : CTA_IP_V6_SRC, source)
                .attribute(v4 ? CTA_IP_V4_DST : CTA_IP_V6_DST, destination)
                .end(ip);
        int protocol = request.begin(CTA_TUPLE_PROTO);
        request.attribute(CTA_PROTO_NUM, new byte[] {(byte) tuple.protocol()})
                .attribute(CTA_PROTO_SRC_PORT, networkShort(tuple.source().getPort()))
                .attribute(CTA_PROTO_DST_PORT, networkShort(tuple.destination().getPort()))
                .end(protocol);
        request.end(whole);
        try {
            return entry(socket.get(request));
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static byte[] networkShort(int value) {
        return ByteBuffer.allocate(Short.BYTES).putShort((short) value).array();
    }

    private static Optional<ConntrackEntry> entry(NetlinkMessage message) {
        Attributes attributes = message.attributes(NetfilterMessages.FIXED_BYTES);
        Optional<ConntrackTuple> original = tuple(attributes.nested(CTA_TUPLE_ORIG));
        Optional<ConntrackTuple> reply = tuple(attributes.nested(CTA_TUPLE_REPLY));
        if (original.isEmpty() || reply.isEmpty()) {
            return Optional.empty();
        }
        int state =
                attributes
                        .nested(CTA_PROTOINFO)
                        .nested(CTA_PROTOINFO_TCP)
                        .byteOf(CTA_PROTOINFO_TCP_STATE, -1);
        return Optional.of(
                new ConntrackEntry(
                        original.get(),
                        reply.get(),
                        state >= 0 && state < TCP_STATES.length ? TCP_STATES[state] : "",
                        status(attributes.networkIntOf(CTA_STATUS, 0)),
                        attributes.networkIntOf(CTA_TIMEOUT, -1),
                        attributes.networkIntOf(CTA_MARK, 0),
                        packets(attributes.nested(CTA_COUNTERS_ORIG)),
                        packets(attributes.nested(CTA_COUNTERS_REPLY))));
    }

    private static long packets(Attributes counters) {
        return counters.networkLongOf(CTA_COUNTERS_PACKETS, -1);
    }

    private static List<String> status(long bits) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < STATUS.length; i++) {
            if ((bits & 1L << i) != 0 && !STATUS[i].isEmpty()) {
                names.add(STATUS[i]);
            }
        }
        return names;
    }

    private static Optional<ConntrackTuple> tuple(Attributes tuple) {
        Attributes ip = tuple.nested(CTA_TUPLE_IP);
        Attributes protocol = tuple.nested(CTA_TUPLE_PROTO);
        Optional<InetAddress> source =
                ip.addressOf(CTA_IP_V4_SRC).or(() -> ip.addressOf(CTA_IP_V6_SRC));
        Optional<InetAddress> destination =
                ip.addressOf(CTA_IP_V4_DST).or(() -> ip.addressOf(CTA_IP_V6_DST));
        if (source.isEmpty() || destination.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ConntrackTuple(
                        protocol.byteOf(CTA_PROTO_NUM, 0),
                        new InetSocketAddress(
                                source.get(), protocol.networkShortOf(CTA_PROTO_SRC_PORT, 0)),
                        new InetSocketAddress(
                                destination.get(),
                                protocol.networkShortOf(CTA_PROTO_DST_PORT, 0))));
    }

    @Override
    public void close() {
        socket.close();
    }
}
