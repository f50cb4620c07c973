package io.netverdict.nativelib.socket;

import com.sun.jna.Native;
import io.netverdict.nativelib.socket.SocketFailure.Reason;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A socket whose calls never wait but for {@link #await}. It belongs to the network namespace of
 * the thread that opens it. For one thread at a time.
 */
public final class NetworkSocket implements AutoCloseable {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int ECHO_REPLY = 0;
    private static final int V6_ECHO_REPLY = 129;
    private static final int V6_FILTER_BYTES = 32;
    private static final int SEND_TRIES = 3;

    /** What a socket is for. */
    public enum Kind {
        UDP,
        TCP,
        /** ICMP messages made by the caller, echo replies received; takes CAP_NET_RAW. */
        ICMP_RAW,
        /** Echoes whose id the kernel chooses; for groups in {@code net.ipv4.ping_group_range}. */
        ICMP_DATAGRAM
    }

    /** What a socket is ready for. */
    public record Ready(boolean readable, boolean writable, boolean error) {
        static final Ready NOTHING = new Ready(false, false, false);
    }

    private final int descriptor;
    private final Kind kind;
    private final boolean v6;
    private final ErrorQueue errors = new ErrorQueue();
    private InetSocketAddress lastSender;
    private boolean closed;

    private NetworkSocket(int descriptor, Kind kind, boolean v6) {
        this.descriptor = descriptor;
        this.kind = kind;
        this.v6 = v6;
    }

    /**
     * Opens a socket for the family of an address.
     *
     * @throws SocketFailure where the system does not allow it or has none
     */
    public static NetworkSocket open(Kind kind, InetAddress target) throws SocketFailure {
        boolean v6 = target instanceof Inet6Address;
        int family = v6 ? SocketFunctions.AF_INET6 : SocketFunctions.AF_INET;
        int icmp = v6 ? SocketFunctions.IPPROTO_ICMPV6 : SocketFunctions.IPPROTO_ICMP;
        int type =
                switch (kind) {
                    case UDP, ICMP_DATAGRAM -> SocketFunctions.SOCK_DGRAM;
                    case TCP -> SocketFunctions.SOCK_STREAM;
                    case ICMP_RAW -> SocketFunctions.SOCK_RAW;
                };
        int protocol = kind == Kind.UDP || kind == Kind.TCP ? 0 : icmp;
        int descriptor;
        try {
            descriptor =
                    SocketFunctions.socket(family, type | SocketFunctions.SOCK_FLAGS, protocol);
        } catch (LinkageError e) {
            throw new SocketFailure(
                    Reason.UNSUPPORTED, "the C library's sockets: " + e.getMessage());
        }
        if (descriptor < 0) {
            throw SocketFailure.of("an ICMP or IP socket", Native.getLastError());
        }
        NetworkSocket socket = new NetworkSocket(descriptor, kind, v6);
        if (kind == Kind.ICMP_RAW) {
            socket.receiveEchoRepliesOnly();
        }
        return socket;
    }

    private void receiveEchoRepliesOnly() {
        if (v6) {
            byte[] blocked = new byte[V6_FILTER_BYTES];
            java.util.Arrays.fill(blocked, (byte) 0xFF);
            ByteBuffer words = ByteBuffer.wrap(blocked).order(ByteOrder.nativeOrder());
            int at = V6_ECHO_REPLY / Integer.SIZE * Integer.BYTES;
            words.putInt(at, ~(1 << V6_ECHO_REPLY % Integer.SIZE));
            SocketFunctions.setsockopt(
                    descriptor,
                    SocketFunctions.IPPROTO_ICMPV6,
                    SocketFunctions.ICMPV6_FILTER,
                    blocked,
                    blocked.length);
        } else {
            option(SocketFunctions.SOL_RAW, SocketFunctions.ICMP_FILTER, ~(1 << ECHO_REPLY));
        }
    }

    public Kind kind() {
        return kind;
    }

    public boolean v6() {
        return v6;
    }

    /** Takes a local port (or, for ICMP datagrams, an id) that is free. */
    public void bindAny() throws SocketFailure {
        byte[] any = SocketAddresses.encode(anyAddress(), 0);
        check("bind", SocketFunctions.bind(descriptor, any, any.length));
    }

    private InetAddress anyAddress() {
        try {
            return InetAddress.getByAddress(new byte[v6 ? V6_BYTES : V4_BYTES]);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The own end; an ICMP datagram socket's port is its echo id. */
    public InetSocketAddress local() throws SocketFailure {
        byte[] bytes = new byte[SocketAddresses.MAX_BYTES];
        int[] length = {bytes.length};
        check("getsockname", SocketFunctions.getsockname(descriptor, bytes, length));
        return SocketAddresses.decode(bytes);
    }

    /** Begins to connect; whether it worked shows when the socket becomes writable. */
    public void connect(InetSocketAddress target) throws SocketFailure {
        byte[] address = SocketAddresses.encode(target.getAddress(), target.getPort());
        int result = SocketFunctions.connect(descriptor, address, address.length);
        int errno = result < 0 ? Native.getLastError() : 0;
        if (result < 0 && errno != SocketFailure.EINPROGRESS) {
            throw SocketFailure.of("connect", errno);
        }
    }

    /** Sets TTL or hop limit of what is sent from now on. */
    public void setHopLimit(int hops) throws SocketFailure {
        check(
                "hop limit",
                v6
                        ? option(
                                SocketFunctions.IPPROTO_IPV6,
                                SocketFunctions.IPV6_UNICAST_HOPS,
                                hops)
                        : option(SocketFunctions.IPPROTO_IP, SocketFunctions.IP_TTL, hops));
    }

    /** Sends whole packets of any size that the interface takes, with DF set, or fails. */
    public void forbidFragments() throws SocketFailure {
        if (v6) {
            option(SocketFunctions.IPPROTO_IPV6, SocketFunctions.IPV6_DONTFRAG, 1);
        }
        check(
                "path MTU discovery",
                v6
                        ? option(
                                SocketFunctions.IPPROTO_IPV6,
                                SocketFunctions.IPV6_MTU_DISCOVER,
                                SocketFunctions.PMTUDISC_PROBE)
                        : option(
                                SocketFunctions.IPPROTO_IP,
                                SocketFunctions.IP_MTU_DISCOVER,
                                SocketFunctions.PMTUDISC_PROBE));
    }

    /** Keeps ICMP errors for {@link #nextNotice}. */
    public void collectErrors() throws SocketFailure {
        check(
                "error queue",
                v6
                        ? option(SocketFunctions.IPPROTO_IPV6, SocketFunctions.IPV6_RECVERR, 1)
                        : option(SocketFunctions.IPPROTO_IP, SocketFunctions.IP_RECVERR, 1));
    }

    /**
     * What the kernel takes the path MTU to be, of a connected socket; -1 where it does not say.
     */
    public int knownPathMtuBytes() {
        int[] value = {0};
        int[] length = {Integer.BYTES};
        int result =
                SocketFunctions.getsockopt(
                        descriptor,
                        v6 ? SocketFunctions.IPPROTO_IPV6 : SocketFunctions.IPPROTO_IP,
                        v6 ? SocketFunctions.IPV6_MTU : SocketFunctions.IP_MTU,
                        value,
                        length);
        return result < 0 ? -1 : value[0];
    }

    /**
     * Sends a datagram, or an ICMP message.
     *
     * @param target null for that of {@link #connect}
     */
    public void send(byte[] bytes, InetSocketAddress target) throws SocketFailure {
        byte[] address =
                target == null
                        ? null
                        : SocketAddresses.encode(target.getAddress(), target.getPort());
        int errno = 0;
        for (int i = 0; i < SEND_TRIES; i++) {
            long sent =
                    SocketFunctions.sendto(
                            descriptor,
                            bytes,
                            bytes.length,
                            0,
                            address,
                            address == null ? 0 : address.length);
            if (sent >= 0) {
                return;
            }
            errno = Native.getLastError();
            Reason reason = SocketFailure.reason(errno);
            // An error about an earlier packet is told by the next call, which then sends nothing.
            if (reason != Reason.REFUSED && reason != Reason.UNREACHABLE) {
                break;
            }
        }
        throw SocketFailure.of("send", errno);
    }

    /** Waits until there is something to read or write or an error to take, or the time is out. */
    public Ready await(boolean forWriting, long timeoutNanos) {
        ByteBuffer poll = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        int wanted = forWriting ? SocketFunctions.POLLOUT : SocketFunctions.POLLIN;
        poll.putInt(0, descriptor).putShort(Integer.BYTES, (short) wanted);
        long millis = Math.max(0, Math.min((timeoutNanos + 999_999) / 1_000_000, 60_000));
        if (SocketFunctions.poll(poll.array(), 1, (int) millis) <= 0) {
            return Ready.NOTHING;
        }
        int events = poll.getShort(Integer.BYTES + Short.BYTES);
        return new Ready(
                (events & SocketFunctions.POLLIN) != 0,
                (events & SocketFunctions.POLLOUT) != 0,
                (events & (SocketFunctions.POLLERR | SocketFunctions.POLLHUP)) != 0);
    }

    /** Receives a datagram that is there; its length, or -1 where there is none. */
    public int receive(byte[] buffer) {
        byte[] address = new byte[SocketAddresses.MAX_BYTES];
        int[] length = {address.length};
        long received =
                SocketFunctions.recvfrom(descriptor, buffer, buffer.length, 0, address, length);
        lastSender = received < 0 ? null : SocketAddresses.decode(address);
        return (int) Math.max(-1, received);
    }

    /** Who sent what {@link #receive} gave last; null where that was nothing. */
    public InetSocketAddress lastSender() {
        return lastSender;
    }

    /** The oldest ICMP error kept, or null. */
    public IcmpNotice nextNotice() {
        return errors.next(descriptor);
    }

    /** Why connecting failed; null where it did not. Asking clears it. */
    public Reason pendingError() {
        int[] value = {0};
        int[] length = {Integer.BYTES};
        SocketFunctions.getsockopt(
                descriptor, SocketFunctions.SOL_SOCKET, SocketFunctions.SO_ERROR, value, length);
        return value[0] == 0 ? null : SocketFailure.reason(value[0]);
    }

    private int option(int level, int option, int value) {
        byte[] bytes = new byte[Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(value);
        return SocketFunctions.setsockopt(descriptor, level, option, bytes, bytes.length);
    }

    private static void check(String call, int result) throws SocketFailure {
        if (result < 0) {
            throw SocketFailure.of(call, Native.getLastError());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            SocketFunctions.close(descriptor);
        }
    }
}
