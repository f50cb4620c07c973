package io.netverdict.nativelib.sockdiag;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A TCP socket of the kernel's.
 *
 * @param receiveQueueBytes received and not yet read; of a listener, connections not yet accepted
 * @param sendQueueBytes written and not yet acknowledged; of a listener, the most that may wait
 * @param userId the owner's
 * @param inode by which a process's descriptor names it; 0 for none
 * @param receiveBufferBytes the most that may wait to be read, -1 where not asked for
 * @param info empty where not asked for, or for a socket that is only waiting out its time
 */
public record TcpSocket(
        InetSocketAddress local,
        InetSocketAddress remote,
        TcpState state,
        long receiveQueueBytes,
        long sendQueueBytes,
        long userId,
        long inode,
        long receiveBufferBytes,
        Optional<TcpInfo> info) {}
