package io.netverdict.nativelib.socket;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Reads a socket's error queue: {@code recvmsg} with {@code struct msghdr}, of whose control
 * messages one holds {@code struct sock_extended_err} and behind it the reporter's address. The
 * layouts are those of 64-bit Linux. Not thread-safe.
 */
final class ErrorQueue {
    private static final int MESSAGE_BYTES = 56;
    private static final int NAME_OFFSET = 0;
    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int VECTOR_OFFSET = 16;
    private static final int VECTOR_COUNT_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int VECTOR_BYTES = 16;
    private static final int DATA_BYTES = 2048;
    private static final int CONTROL_BYTES = 512;

    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int CONTROL_LEVEL_OFFSET = 8;
    private static final int CONTROL_TYPE_OFFSET = 12;
    private static final int CONTROL_ALIGNMENT = 8;

    private static final int ERROR_BYTES = 16;
    private static final int ORIGIN_OFFSET = 4;
    private static final int TYPE_OFFSET = 5;
    private static final int CODE_OFFSET = 6;
    private static final int INFO_OFFSET = 8;
    private static final int ORIGIN_ICMP = 2;
    private static final int ORIGIN_ICMPV6 = 3;

    private static final int V4_UNREACHABLE = 3;
    private static final int V4_FRAGMENTATION_NEEDED = 4;
    private static final int V6_PACKET_TOO_BIG = 2;

    private final Memory message = new Memory(MESSAGE_BYTES);
    private final Memory vector = new Memory(VECTOR_BYTES);
    private final Memory name = new Memory(SocketAddresses.MAX_BYTES);
    private final Memory data = new Memory(DATA_BYTES);
    private final Memory control = new Memory(CONTROL_BYTES);

    /** The oldest error of a socket; null where there is none. */
    IcmpNotice next(int descriptor) {
        message.clear();
        name.clear();
        message.setPointer(NAME_OFFSET, name);
        message.setInt(NAME_LENGTH_OFFSET, SocketAddresses.MAX_BYTES);
        vector.setPointer(0, data);
        vector.setLong(Long.BYTES, DATA_BYTES);
        message.setPointer(VECTOR_OFFSET, vector);
        message.setLong(VECTOR_COUNT_OFFSET, 1);
        message.setPointer(CONTROL_OFFSET, control);
        message.setLong(CONTROL_LENGTH_OFFSET, CONTROL_BYTES);
        long length =
                SocketFunctions.recvmsg(
                        descriptor, Pointer.nativeValue(message), SocketFunctions.MSG_ERRQUEUE);
        if (length < 0) {
            return null;
        }
        byte[] quoted = data.getByteArray(0, (int) Math.min(length, DATA_BYTES));
        long end = Math.min(message.getLong(CONTROL_LENGTH_OFFSET), CONTROL_BYTES);
        long at = 0;
        while (at + CONTROL_HEADER_BYTES <= end) {
            long bytes = control.getLong(at);
            if (bytes < CONTROL_HEADER_BYTES || at + bytes > end) {
                break;
            }
            int level = control.getInt(at + CONTROL_LEVEL_OFFSET);
            int type = control.getInt(at + CONTROL_TYPE_OFFSET);
            boolean v4 = level == SocketFunctions.IPPROTO_IP && type == SocketFunctions.IP_RECVERR;
            boolean v6 =
                    level == SocketFunctions.IPPROTO_IPV6 && type == SocketFunctions.IPV6_RECVERR;
            if ((v4 || v6) && bytes >= CONTROL_HEADER_BYTES + ERROR_BYTES) {
                return notice(
                        at + CONTROL_HEADER_BYTES, bytes - CONTROL_HEADER_BYTES, quoted, port());
            }
            at += (bytes + CONTROL_ALIGNMENT - 1) / CONTROL_ALIGNMENT * CONTROL_ALIGNMENT;
        }
        return new IcmpNotice(false, false, 0, 0, -1, null, quoted, port());
    }

    private int port() {
        InetSocketAddress sentTo =
                SocketAddresses.decode(name.getByteArray(0, SocketAddresses.MAX_BYTES));
        return sentTo == null ? 0 : sentTo.getPort();
    }

    private IcmpNotice notice(long at, long bytes, byte[] quoted, int port) {
        int origin = control.getByte(at + ORIGIN_OFFSET);
        int type = control.getByte(at + TYPE_OFFSET) & 0xFF;
        int code = control.getByte(at + CODE_OFFSET) & 0xFF;
        boolean v6 = origin == ORIGIN_ICMPV6;
        boolean tooBig =
                v6
                        ? type == V6_PACKET_TOO_BIG
                        : origin == ORIGIN_ICMP
                                && type == V4_UNREACHABLE
                                && code == V4_FRAGMENTATION_NEEDED;
        InetAddress reporter = null;
        if (bytes > ERROR_BYTES) {
            int length = (int) Math.min(bytes - ERROR_BYTES, SocketAddresses.MAX_BYTES);
            InetSocketAddress offender =
                    SocketAddresses.decode(control.getByteArray(at + ERROR_BYTES, length));
            reporter = offender == null ? null : offender.getAddress();
        }
        return new IcmpNotice(
                v6 || origin == ORIGIN_ICMP,
                v6,
                type,
                code,
                tooBig ? control.getInt(at + INFO_OFFSET) : -1,
                reporter,
                quoted,
                port);
    }
}
