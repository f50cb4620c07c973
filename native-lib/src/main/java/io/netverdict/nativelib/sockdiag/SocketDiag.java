package io.netverdict.nativelib.sockdiag;

import io.netverdict.nativelib.netlink.Errno;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.netlink.NetlinkFamily;
import io.netverdict.nativelib.netlink.NetlinkRequest;
import io.netverdict.nativelib.netlink.NetlinkSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks the kernel about the TCP sockets of the namespace of the thread that opened it. Needs no
 * privileges. For one thread at a time.
 */
public final class SocketDiag implements AutoCloseable {
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int TCPDIAG_GETSOCK = 18;
    private static final int REQUEST_BYTES = 56;

    // struct inet_diag_req: family, two lengths, extensions, 48 bytes of a socket's id, states.
    private static final int OLD_REQUEST_BYTES = 60;
    private static final int OLD_STATES_OFFSET = 52;

    private static final int STATES_OFFSET = 4;
    private static final int ID_OFFSET = 8;
    private static final int ID_SOURCE_OFFSET = 4;
    private static final int ID_DESTINATION_OFFSET = 20;
    private static final int COOKIE_OFFSET = ID_OFFSET + 40;
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
     * Gives away all TCP sockets of IPv4 and IPv6.
     *
     * @param taker says whether it wants more
     * @return whether those were all
     */
    public boolean each(Predicate<ListedSocket> taker) throws NetlinkException {
        // Of both families at once, which only the older request can: the kernel walks a table of
        // hundreds of thousands of places for each list, however few sockets there are.
        ByteBuffer fixed = ByteBuffer.allocate(OLD_REQUEST_BYTES).order(ByteOrder.nativeOrder());
        fixed.put(0, DiagMessage.AF_INET).putInt(OLD_STATES_OFFSET, ALL_STATES);
        return socket.ask(
                new NetlinkRequest("sockets", TCPDIAG_GETSOCK, NetlinkRequest.DUMP)
                        .fixed(fixed.array()),
                message -> taker.test(new ListedSocket(message)));
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
                        source.length == 4 ? DiagMessage.AF_INET : AF_INET6,
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
        int extensions =
                1 << DiagMessage.INET_DIAG_INFO - 1 | 1 << DiagMessage.INET_DIAG_SKMEMINFO - 1;
        ByteBuffer fixed = fixed(family, extensions);
        networkShort(fixed, ID_OFFSET, sourcePort);
        networkShort(fixed, ID_OFFSET + 2, destinationPort);
        fixed.put(ID_OFFSET + ID_SOURCE_OFFSET, source);
        fixed.put(ID_OFFSET + ID_DESTINATION_OFFSET, destination);
        try {
            return DiagMessage.read(
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

    @Override
    public void close() {
        socket.close();
    }
}
