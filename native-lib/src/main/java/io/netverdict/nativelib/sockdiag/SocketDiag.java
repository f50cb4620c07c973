package io.netverdict.nativelib.sockdiag;

import io.netverdict.nativelib.netlink.Attributes;
import io.netverdict.nativelib.netlink.Errno;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.netlink.NetlinkFamily;
import io.netverdict.nativelib.netlink.NetlinkMessage;
import io.netverdict.nativelib.netlink.NetlinkRequest;
import io.netverdict.nativelib.netlink.NetlinkSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks the kernel about the TCP sockets of the namespace of the thread that opened it. Needs no
 * privileges. For one thread at a time.
 */
public final class SocketDiag implements AutoCloseable {
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int INET_DIAG_INFO = 2;
    private static final int INET_DIAG_SKMEMINFO = 7;
    private static final int REQUEST_BYTES = 56;
    private static final int MESSAGE_BYTES = 72;
    private static final int STATES_OFFSET = 4;
    private static final int ID_OFFSET = 8;
    private static final int ID_IN_MESSAGE = 4;
    private static final int ID_SOURCE_OFFSET = 4;
    private static final int ID_DESTINATION_OFFSET = 20;
    private static final int COOKIE_OFFSET = ID_OFFSET + 40;
    private static final int SKMEMINFO_RCVBUF_OFFSET = 4;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;
    private static final byte IPPROTO_TCP = 6;
    private static final int ALL_STATES = -1;

    private final NetlinkSocket socket;

    private SocketDiag(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** To ask. */
    public static SocketDiag open() throws NetlinkException {
        return new SocketDiag(NetlinkSocket.open(NetlinkFamily.SOCK_DIAG));
    }

    /**
     * Gives away all TCP sockets of IPv4 and IPv6, without {@link TcpSocket#info()}.
     *
     * @param taker says whether it wants more
     * @return whether those were all
     */
    public boolean each(Predicate<TcpSocket> taker) throws NetlinkException {
        return each(AF_INET, taker) && each(AF_INET6, taker);
    }

    private boolean each(byte family, Predicate<TcpSocket> taker) throws NetlinkException {
        ByteBuffer fixed = fixed(family, 0);
        return socket.ask(
                new NetlinkRequest("sockets", SOCK_DIAG_BY_FAMILY, NetlinkRequest.DUMP)
                        .fixed(fixed.array()),
                message -> read(message).map(taker::test).orElse(true));
    }

    /** The socket of a connection with its TCP_INFO; empty where there is none any more. */
    public Optional<TcpSocket> find(InetSocketAddress local, InetSocketAddress remote)
            throws NetlinkException {
        byte[] source = local.getAddress().getAddress();
        byte[] destination = remote.getAddress().getAddress();
        if (source.length != destination.length) {
            return Optional.empty();
        }
        Optional<TcpSocket> found =
                find(
                        source.length == 4 ? AF_INET : AF_INET6,
                        source,
                        local.getPort(),
                        destination,
                        remote.getPort());
        // A socket of both families has IPv4 peers under mapped addresses.
        return found.isPresent() || source.length != 4
                ? found
                : find(
                        AF_INET6,
                        mapped(source),
                        local.getPort(),
                        mapped(destination),
                        remote.getPort());
    }

    private static byte[] mapped(byte[] address) {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        System.arraycopy(address, 0, mapped, 12, 4);
        return mapped;
    }

    private Optional<TcpSocket> find(
            byte family, byte[] source, int sourcePort, byte[] destination, int destinationPort)
            throws NetlinkException {
        int extensions = 1 << INET_DIAG_INFO - 1 | 1 << INET_DIAG_SKMEMINFO - 1;
        ByteBuffer fixed = fixed(family, extensions);
        networkShort(fixed, ID_OFFSET, sourcePort);
        networkShort(fixed, ID_OFFSET + 2, destinationPort);
        fixed.put(ID_OFFSET + ID_SOURCE_OFFSET, source);
        fixed.put(ID_OFFSET + ID_DESTINATION_OFFSET, destination);
        try {
            return read(
                    socket.get(
                            new NetlinkRequest("socket", SOCK_DIAG_BY_FAMILY, 0)
                                    .fixed(fixed.array())));
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void networkShort(ByteBuffer buffer, int offset, int value) {
        buffer.put(offset, (byte) (value >> 8)).put(offset + 1, (byte) value);
    }

    /** struct inet_diag_req_v2. */
    private static ByteBuffer fixed(byte family, int extensions) {
        ByteBuffer fixed = ByteBuffer.allocate(REQUEST_BYTES).order(ByteOrder.nativeOrder());
        fixed.put(0, family).put(1, IPPROTO_TCP).put(2, (byte) extensions);
        fixed.putInt(STATES_OFFSET, ALL_STATES);
        // INET_DIAG_NOCOOKIE: any socket of that address will do.
        fixed.putInt(COOKIE_OFFSET, -1).putInt(COOKIE_OFFSET + 4, -1);
        return fixed;
    }

    /** struct inet_diag_msg. */
    private static Optional<TcpSocket> read(NetlinkMessage message) {
        int addressBytes = message.byteAt(0) == AF_INET ? 4 : 16;
        Optional<InetSocketAddress> local =
                endpoint(message, ID_IN_MESSAGE, ID_SOURCE_OFFSET, 0, addressBytes);
        Optional<InetSocketAddress> remote =
                endpoint(message, ID_IN_MESSAGE, ID_DESTINATION_OFFSET, 2, addressBytes);
        if (local.isEmpty() || remote.isEmpty()) {
            return Optional.empty();
        }
        Attributes attributes = message.attributes(MESSAGE_BYTES);
        byte[] memory = attributes.bytesOf(INET_DIAG_SKMEMINFO);
        return Optional.of(
                new TcpSocket(
                        local.get(),
                        remote.get(),
                        TcpState.of(message.byteAt(1)),
                        message.intAt(56) & 0xFFFF_FFFFL,
                        message.intAt(60) & 0xFFFF_FFFFL,
                        message.intAt(64) & 0xFFFF_FFFFL,
                        message.intAt(68) & 0xFFFF_FFFFL,
                        memory.length < SKMEMINFO_RCVBUF_OFFSET + Integer.BYTES
                                ? -1
                                : ByteBuffer.wrap(memory)
                                        .order(ByteOrder.nativeOrder())
                                        .getInt(SKMEMINFO_RCVBUF_OFFSET),
                        TcpInfo.of(attributes.bytesOf(INET_DIAG_INFO))));
    }

    private static Optional<InetSocketAddress> endpoint(
            NetlinkMessage message, int id, int addressOffset, int portOffset, int addressBytes) {
        byte[] port = message.bytesAt(id + portOffset, 2);
        byte[] address = message.bytesAt(id + addressOffset, addressBytes);
        if (port.length < 2 || address.length < addressBytes) {
            return Optional.empty();
        }
        try {
            // Makes an IPv4 address of a mapped one.
            InetAddress inet = InetAddress.getByAddress(Arrays.copyOf(address, addressBytes));
            return Optional.of(new InetSocketAddress(inet, (port[0] & 0xFF) << 8 | port[1] & 0xFF));
        } catch (UnknownHostException neverForTheseLengths) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
