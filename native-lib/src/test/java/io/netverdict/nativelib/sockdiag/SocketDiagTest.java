package io.netverdict.nativelib.sockdiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SocketDiagTest {

    @Test
    void shouldFindASocketWithItsQueueAndTcpInfo() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 5, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                Socket accepted = server.accept();
                SocketDiag diag = SocketDiag.open()) {
            accepted.getOutputStream().write(new byte[1234]);
            TcpSocket found =
                    diag.find(
                                    (InetSocketAddress) client.getLocalSocketAddress(),
                                    (InetSocketAddress) client.getRemoteSocketAddress())
                            .orElseThrow();

            assertEquals(TcpState.ESTABLISHED, found.state());
            assertEquals(1234, found.receiveQueueBytes());
            assertTrue(found.inode() > 0 && found.receiveBufferBytes() > 0, found::toString);
            TcpInfo info = found.info().orElseThrow();
            assertTrue(info.pathMtuBytes() > 1000, info::toString);
            assertTrue(info.congestionWindowSegments() > 0, info::toString);
        }
    }

    @Test
    void shouldCountEverySocketAndFindNoneThatIsNotThere() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 5, loopback);
                SocketDiag diag = SocketDiag.open()) {
            List<ListedSocket> all = new ArrayList<>();
            boolean complete = diag.each(all::add);
            Optional<TcpSocket> none =
                    diag.find(
                            new InetSocketAddress(loopback, 1), new InetSocketAddress(loopback, 2));

            assertTrue(complete);
            ListedSocket listening =
                    all.stream()
                            .filter(s -> s.localPort() == server.getLocalPort())
                            .findFirst()
                            .orElseThrow();
            TcpSocket whole = listening.read().orElseThrow();
            assertEquals(TcpState.LISTEN, listening.state());
            assertEquals(TcpState.LISTEN, whole.state());
            assertEquals(server.getLocalPort(), whole.local().getPort());
            assertEquals(0, listening.remotePort());
            assertEquals(whole.inode(), listening.inode());
            assertTrue(whole.inode() != 0);
            assertEquals(Optional.empty(), none);
        }
    }

    @Test
    void shouldListTheSocketsOfBothFamilies() throws Exception {
        try (ServerSocketChannel four = ServerSocketChannel.open(StandardProtocolFamily.INET);
                ServerSocketChannel other = ServerSocketChannel.open();
                SocketDiag diag = SocketDiag.open()) {
            four.bind(new InetSocketAddress("127.0.0.1", 0));
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Set<Integer> listening = new HashSet<>();
            diag.each(
                    each -> {
                        listening.add(each.localPort());
                        return true;
                    });

            assertTrue(listening.contains(four.socket().getLocalPort()), listening::toString);
            assertTrue(listening.contains(other.socket().getLocalPort()), listening::toString);
        }
    }
}
