package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.service.probe.flow.ProbeFlow;
import io.netverdict.service.probe.flow.ProbeSession;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A TCP connection of a probe, whose every call ends at one deadline for all of them, and which
 * reads no more than a limit. For one thread.
 */
public final class ProbeConnection implements AutoCloseable {
    private final ProbeSession session;
    private final SocketChannel channel;
    private final Selector selector;
    private final ProbeFlow flow;
    private final long deadline;
    private long readable;

    private ProbeConnection(
            ProbeSession session,
            SocketChannel channel,
            ProbeFlow flow,
            long deadline,
            long readable)
            throws IOException {
        this.session = session;
        this.channel = channel;
        this.selector = Selector.open();
        this.flow = flow;
        this.deadline = deadline;
        this.readable = readable;
    }

    /**
     * Connects.
     *
     * @param timeoutNanos for all that is done on the connection
     * @param maxBytes that are read of it
     * @throws IOException as {@link #reply} understands it
     */
    public static ProbeConnection open(
            ProbeSession session, Endpoint target, long timeoutNanos, long maxBytes)
            throws IOException {
        long deadline = session.deadlineAfter(timeoutNanos);
        SocketChannel channel = SocketChannel.open();
        ProbeFlow flow = null;
        ProbeConnection connection = null;
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(0));
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            flow = session.open(IpProtocol.TCP, port, target.address(), target.port());
            connection = new ProbeConnection(session, channel, flow, deadline, maxBytes);
            if (!channel.connect(Addresses.of(target))) {
                connection.await(SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            if (connection != null) {
                connection.close();
            } else {
                channel.close();
            }
            throw e;
        }
    }

    private void await(int operation) throws IOException {
        SelectionKey key = channel.register(selector, operation);
        while (true) {
            long slice = session.sliceUntil(deadline);
            if (slice == 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            if (selector.select(Math.max(1, slice / 1_000_000)) > 0) {
                selector.selectedKeys().clear();
                key.interestOps(0);
                return;
            }
        }
    }

    /**
     * Reads what comes next, at least a byte; -1 at the end.
     *
     * @throws OverlongException beyond the limit
     * @throws SocketTimeoutException at the deadline
     */
    public int read(ByteBuffer into) throws IOException {
        if (readable <= 0) {
            throw new OverlongException();
        }
        int count = channel.read(into);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(into);
        }
        readable -= Math.max(0, count);
        return count;
    }

    /** Writes all of it. */
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** More came than a probe reads. */
    static final class OverlongException extends IOException {
        private static final long serialVersionUID = 1L;

        OverlongException() {
            super("the answer does not end");
        }
    }

    /** How the other side took it, by the exception it ended with. */
    public static Reply reply(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return Reply.SILENT;
        }
        if (e instanceof NoRouteToHostException) {
            return Reply.UNREACHABLE;
        }
        if (e instanceof ConnectException || e instanceof java.net.PortUnreachableException) {
            return Reply.REFUSED;
        }
        if (e instanceof OverlongException) {
            return Reply.GARBLED;
        }
        String words = String.valueOf(e.getMessage());
        if (words.contains("not permitted") || words.contains("Permission denied")) {
            return Reply.NOT_SENT;
        }
        return words.contains("unreachable") ? Reply.UNREACHABLE : Reply.REFUSED;
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            // Nothing is left to be done with it.
        } finally {
            flow.close();
        }
    }
}
