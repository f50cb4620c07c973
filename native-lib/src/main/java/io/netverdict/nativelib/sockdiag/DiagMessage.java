package io.netverdict.nativelib.sockdiag;

import io.netverdict.nativelib.netlink.Attributes;
import io.netverdict.nativelib.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads struct inet_diag_msg and what follows it, linux/inet_diag.h. */
final class DiagMessage {
    static final int STATE_OFFSET = 1;
    static final int LOCAL_PORT_OFFSET = 4;
    static final int REMOTE_PORT_OFFSET = 6;
    static final int INODE_OFFSET = 68;

    static final byte AF_INET = 2;
    static final int INET_DIAG_INFO = 2;
    static final int INET_DIAG_SKMEMINFO = 7;

    private static final int LOCAL_ADDRESS_OFFSET = 8;
    private static final int REMOTE_ADDRESS_OFFSET = 24;
    private static final int RECEIVE_QUEUE_OFFSET = 56;
    private static final int SEND_QUEUE_OFFSET = 60;
    private static final int USER_OFFSET = 64;
    private static final int BYTES = 72;
    private static final int SKMEMINFO_RCVBUF_OFFSET = 4;

    private DiagMessage() {}

    static Optional<TcpSocket> read(NetlinkMessage message) {
        int addressBytes = message.byteAt(0) == AF_INET ? 4 : 16;
        Optional<InetSocketAddress> local =
                endpoint(message, LOCAL_ADDRESS_OFFSET, LOCAL_PORT_OFFSET, addressBytes);
        Optional<InetSocketAddress> remote =
                endpoint(message, REMOTE_ADDRESS_OFFSET, REMOTE_PORT_OFFSET, addressBytes);
        if (local.isEmpty() || remote.isEmpty()) {
            return Optional.empty();
        }
        Attributes attributes = message.attributes(BYTES);
        byte[] memory = attributes.bytesOf(INET_DIAG_SKMEMINFO);
        return Optional.of(
                new TcpSocket(
                        local.get(),
                        remote.get(),
                        TcpState.of(message.byteAt(STATE_OFFSET)),
                        message.intAt(RECEIVE_QUEUE_OFFSET) & 0xFFFF_FFFFL,
                        message.intAt(SEND_QUEUE_OFFSET) & 0xFFFF_FFFFL,
                        message.intAt(USER_OFFSET) & 0xFFFF_FFFFL,
                        message.intAt(INODE_OFFSET) & 0xFFFF_FFFFL,
                        memory.length < SKMEMINFO_RCVBUF_OFFSET + Integer.BYTES
                                ? -1
                                : ByteBuffer.wrap(memory)
                                        .order(ByteOrder.nativeOrder())
                                        .getInt(SKMEMINFO_RCVBUF_OFFSET),
                        TcpInfo.of(attributes.bytesOf(INET_DIAG_INFO))));
    }

    private static Optional<InetSocketAddress> endpoint(
            NetlinkMessage message, int addressOffset, int portOffset, int addressBytes) {
        byte[] port = message.bytesAt(portOffset, 2);
        byte[] address = message.bytesAt(addressOffset, addressBytes);
        if (port.length < 2 || address.length < addressBytes) {
            return Optional.empty();
        }
        try {
            // Makes an IPv4 address of a mapped one.
            InetAddress inet = InetAddress.getByAddress(address);
            return Optional.of(new InetSocketAddress(inet, (port[0] & 0xFF) << 8 | port[1] & 0xFF));
        } catch (UnknownHostException neverForTheseLengths) {
            return Optional.empty();
        }
    }
}
