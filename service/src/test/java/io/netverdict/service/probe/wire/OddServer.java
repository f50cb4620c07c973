package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A real server on loopback that does not do what clients expect. */
final class OddServer implements AutoCloseable {
    private final ServerSocket tcp;
    private final DatagramSocket udp;

    /** What it does with a connection. */
    interface Conversation {
        void hold(Socket connection) throws IOException, InterruptedException;
    }

    /** What it sends back for a datagram. */
    interface Answers {
        byte[] to(byte[] query, int length);
    }

    private OddServer(ServerSocket tcp, DatagramSocket udp) {
        this.tcp = tcp;
        this.udp = udp;
    }

    static OddServer tcp(Conversation conversation) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(
                () -> {
                    while (!listener.isClosed()) {
                        try {
                            Socket connection = listener.accept();
                            daemon(() -> hold(conversation, connection));
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
        return new OddServer(listener, null);
    }

    /** Answers each datagram so many times. */
    static OddServer udp(int times, Answers answers) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        daemon(
                () -> {
                    byte[] buffer = new byte[1500];
                    while (!socket.isClosed()) {
                        try {
                            DatagramPacket query = new DatagramPacket(buffer, buffer.length);
                            socket.receive(query);
                            byte[] answer = answers.to(buffer, query.getLength());
                            for (int i = 0; answer != null && i < times; i++) {
                                socket.send(
                                        new DatagramPacket(
                                                answer, answer.length, query.getSocketAddress()));
                            }
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
        return new OddServer(null, socket);
    }

    private static void hold(Conversation conversation, Socket connection) {
        try (connection) {
            conversation.hold(connection);
        } catch (IOException | InterruptedException e) {
            // The probe went away, as it should.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "odd-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends the same bytes until the other side has enough. */
    static Conversation endless(byte[] bytes) {
        return connection -> {
            OutputStream out = connection.getOutputStream();
            while (true) {
                out.write(bytes);
            }
        };
    }

    /** Says something, then nothing. */
    static Conversation hanging(byte[] bytes) {
        return connection -> {
            connection.getOutputStream().write(bytes);
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
    }

    /** Reads something, says something, closes. */
    static Conversation saying(byte[] bytes) {
        return connection -> {
            connection.getInputStream().read(new byte[4096]);
            connection.getOutputStream().write(bytes);
        };
    }

    Endpoint endpoint() {
        int port = tcp == null ? udp.getLocalPort() : tcp.getLocalPort();
        return new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), port);
    }

    @Override
    public void close() throws IOException {
        if (tcp != null) {
            tcp.close();
        } else {
            udp.close();
        }
    }
}
