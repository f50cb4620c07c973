package io.netverdict.nativelib.netlink;

import com.sun.jna.Native;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A netlink socket. It speaks to the network namespace of the thread that opened it, whichever
 * thread uses it later.
 *
 * <p>For one thread at a time. A request takes no longer than {@link #DEADLINE_MILLIS} and gives no
 * more messages than its caller wants.
 */
public final class NetlinkSocket implements AutoCloseable {
    /** The kernel answers in microseconds; a huge table takes longer. */
    static final int DEADLINE_MILLIS = 400;

    /** The kernel's dumps come in pieces of at most this size (NLMSG_GOODSIZE). */
    private static final int BUFFER_BYTES = 32 << 10;

    private static final int EVENT_BUFFER_BYTES = 256 << 10;
    private static final int ADDRESS_BYTES = 12;
    private static final int TYPE_ERROR = 2;
    private static final int TYPE_DONE = 3;
    private static final int TYPE_FIRST_OF_FAMILY = 16;
    private static final int NO_ACKNOWLEDGEMENT = 0;

    private final int descriptor;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer small = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
    private final long bufferAddress = NativeMemory.addressOf(buffer);
    private final long smallAddress = NativeMemory.addressOf(small);
    private int sequence;
    private boolean closed;

    private NetlinkSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a socket to ask with.
     *
     * @throws NetlinkException where this system has no such thing
     */
    public static NetlinkSocket open(NetlinkFamily family) throws NetlinkException {
        return open(family, 0);
    }

    /**
     * Opens a socket that hears of changes, see {@link #heard}.
     *
     * @param groups bits of the groups of {@code linux/rtnetlink.h}, as RTMGRP_LINK
     */
    public static NetlinkSocket subscribe(NetlinkFamily family, int groups)
            throws NetlinkException {
        return open(family, groups);
    }

    private static NetlinkSocket open(NetlinkFamily family, int groups) throws NetlinkException {
        int descriptor;
        try {
            descriptor =
                    SystemCalls.socket(
                            SystemCalls.AF_NETLINK,
                            SystemCalls.SOCK_RAW | SystemCalls.SOCK_CLOEXEC,
                            family.protocol());
        } catch (LinkageError e) {
            throw new NetlinkException("netlink", e);
        }
        if (descriptor < 0) {
            throw new NetlinkException("netlink", Native.getLastError());
        }
        NetlinkSocket socket = new NetlinkSocket(descriptor);
        socket.small.putShort(0, (short) SystemCalls.AF_NETLINK).putShort(2, (short) 0);
        socket.small.putInt(4, 0).putInt(8, groups);
        if (SystemCalls.bind(descriptor, socket.smallAddress, ADDRESS_BYTES) != 0) {
            int error = Native.getLastError();
            socket.close();
            throw new NetlinkException("netlink", error);
        }
        if (groups != 0) {
            socket.option(SystemCalls.SOL_SOCKET, SystemCalls.SO_RCVBUF, EVENT_BUFFER_BYTES);
        } else if (family == NetlinkFamily.ROUTE) {
            // Lets the kernel filter dumps by their fixed parts; older ones do not know it.
            socket.option(SystemCalls.SOL_NETLINK, SystemCalls.NETLINK_GET_STRICT_CHK, 1);
        }
        return socket;
    }

    private void option(int level, int name, int value) {
        small.putInt(0, value);
        SystemCalls.setsockopt(descriptor, level, name, smallAddress, Integer.BYTES);
    }

    /**
     * Asks and gives each message of the answer away.
     *
     * @param taker says whether it wants more
     * @return whether that was the whole answer
     * @throws NetlinkException what the kernel refused with, or that it did not answer in time
     */
    public boolean ask(NetlinkRequest request, Predicate<NetlinkMessage> taker)
            throws NetlinkException {
        long deadline = System.nanoTime() + DEADLINE_MILLIS * 1_000_000L;
        send(request);
        boolean more = true;
        while (more) {
            int left = (int) Math.max(0, (deadline - System.nanoTime()) / 1_000_000L);
            if (!readable(left)) {
                throw new NetlinkException(request.name(), 110);
            }
            long received =
                    SystemCalls.recv(
                            descriptor, bufferAddress, BUFFER_BYTES, SystemCalls.MSG_DONTWAIT);
            if (received < 0) {
                throw new NetlinkException(request.name(), Native.getLastError());
            }
            Boolean whole = take(request, (int) Math.min(received, BUFFER_BYTES), taker);
            if (whole != null) {
                return whole;
            }
        }
        return false;
    }

    /** Asks for one thing. */
    public NetlinkMessage get(NetlinkRequest request) throws NetlinkException {
        NetlinkMessage[] answer = new NetlinkMessage[1];
        ask(
                request,
                message -> {
                    answer[0] = message;
                    return false;
                });
        if (answer[0] == null) {
            throw new NetlinkException(request.name(), 2);
        }
        return answer[0];
    }

    private void send(NetlinkRequest request) throws NetlinkException {
        ByteBuffer message = request.finish(++sequence);
        buffer.clear().put(message);
        if (SystemCalls.send(descriptor, bufferAddress, buffer.position(), 0) < 0) {
            throw new NetlinkException(request.name(), Native.getLastError());
        }
    }

    /** Gives away what one read brought: whether the answer was whole, or null for not yet. */
    private Boolean take(NetlinkRequest request, int bytes, Predicate<NetlinkMessage> taker)
            throws NetlinkException {
        int at = 0;
        while (bytes - at >= NetlinkRequest.HEADER_BYTES) {
            int length = buffer.getInt(at);
            if (length < NetlinkRequest.HEADER_BYTES || length > bytes - at) {
                return false;
            }
            int type = buffer.getShort(at + 4) & 0xFFFF;
            boolean mine = buffer.getInt(at + 8) == sequence;
            if (mine && type == TYPE_ERROR) {
                int error = length >= 20 ? -buffer.getInt(at + 16) : 22;
                if (error != NO_ACKNOWLEDGEMENT) {
                    throw new NetlinkException(request.name(), error);
                }
                return true;
            }
            if (mine && type == TYPE_DONE) {
                // A dump that fails in its middle says so here.
                int status = length >= 20 ? buffer.getInt(at + 16) : 0;
                if (status < 0) {
                    throw new NetlinkException(request.name(), -status);
                }
                return true;
            }
            if (mine && type >= TYPE_FIRST_OF_FAMILY && !taker.test(copy(at, length, type))) {
                return false;
            }
            if (mine && !request.isDump()) {
                return true;
            }
            at += length + 3 & ~3;
        }
        return null;
    }

    private NetlinkMessage copy(int at, int length, int type) {
        byte[] payload = new byte[length - NetlinkRequest.HEADER_BYTES];
        buffer.get(at + NetlinkRequest.HEADER_BYTES, payload);
        return new NetlinkMessage(type, ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder()));
    }

    private boolean readable(int timeoutMillis) {
        small.putInt(0, descriptor).putShort(4, SystemCalls.POLLIN).putShort(6, (short) 0);
        return SystemCalls.poll(smallAddress, 1, timeoutMillis) > 0;
    }

    /**
     * What was heard of changes, waiting for the first of it.
     *
     * @return none where nothing came in time; what the socket had no room for is lost
     */
    public List<NetlinkMessage> heard(int timeoutMillis) {
        List<NetlinkMessage> messages = new ArrayList<>();
        if (closed || !readable(timeoutMillis)) {
            return messages;
        }
        long bytes =
                SystemCalls.recv(descriptor, bufferAddress, BUFFER_BYTES, SystemCalls.MSG_DONTWAIT);
        int at = 0;
        while (bytes - at >= NetlinkRequest.HEADER_BYTES) {
            int length = buffer.getInt(at);
            if (length < NetlinkRequest.HEADER_BYTES || length > bytes - at) {
                break;
            }
            messages.add(copy(at, length, buffer.getShort(at + 4) & 0xFFFF));
            at += length + 3 & ~3;
        }
        return messages;
    }

    /** Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            SystemCalls.close(descriptor);
        }
    }
}
