package io.netverdict.nativelib.sockdiag;

import io.netverdict.nativelib.netlink.NetlinkMessage;
import java.util.Optional;

/**
 * A TCP socket as a list of all tells it, read only as far as it is asked: a machine may have a
 * hundred thousand that wait out their time, and few are looked at. Immutable; what is not in the
 * message reads as 0.
 *
 * <p>Source: struct inet_diag_msg, linux/inet_diag.h.
 */
public final class ListedSocket {
    private final NetlinkMessage message;

    ListedSocket(NetlinkMessage message) {
        this.message = message;
    }

    public TcpState state() {
        return TcpState.of(message.byteAt(DiagMessage.STATE_OFFSET));
    }

    public int localPort() {
        return port(DiagMessage.LOCAL_PORT_OFFSET);
    }

    /** 0 of one that listens. */
    public int remotePort() {
        return port(DiagMessage.REMOTE_PORT_OFFSET);
    }

    private int port(int offset) {
        return message.byteAt(offset) << Byte.SIZE | message.byteAt(offset + 1);
    }

    /** By which a process's descriptor names it; 0 for none. */
    public long inode() {
        return message.intAt(DiagMessage.INODE_OFFSET) & 0xFFFF_FFFFL;
    }

    /** All of it, without {@link TcpSocket#info()}; empty where the message is cut short. */
    public Optional<TcpSocket> read() {
        return DiagMessage.read(message);
    }
}
