package io.netverdict.service.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A name server over UDP for a handful of names (RFC 1035). Threads: one.
 *
 * <p>A name without an entry does not exist.
 */
final class LabNameServer implements AutoCloseable {
    private static final int HEADER_BYTES = 12;
    private static final int TYPE_A = 1;
    private static final int NXDOMAIN = 3;
    private static final int TTL_SECONDS = 30;

    /** Response, recursion desired and available. */
    private static final int RESPONSE_FLAGS = 0x8180;

    /** A pointer to the question's name (RFC 1035, section 4.1.4). */
    private static final short NAME_OF_QUESTION = (short) 0xC00C;

    /** What is said about a name. */
    private sealed interface Answer {
        record Addresses(List<InetAddress> addresses) implements Answer {}

        record Code(int rcode) implements Answer {}

        record Silence() implements Answer {}
    }

    private final DatagramSocket socket;
    private final Map<String, Answer> names = new ConcurrentHashMap<>();

    LabNameServer(DatagramSocket socket) {
        this.socket = socket;
        Thread thread = new Thread(this::serve, "lab-name-server");
        thread.setDaemon(true);
        thread.start();
    }

    void addresses(String name, List<InetAddress> addresses) {
        names.put(name, new Answer.Addresses(List.copyOf(addresses)));
    }

    void code(String name, int rcode) {
        names.put(name, new Answer.Code(rcode));
    }

    void silence(String name) {
        names.put(name, new Answer.Silence());
    }

    private void serve() {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket query = new DatagramPacket(buffer, buffer.length);
                socket.receive(query);
                byte[] reply = reply(ByteBuffer.wrap(buffer, 0, query.getLength()));
                if (reply.length > 0) {
                    socket.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
                }
            } catch (IOException
                    | IndexOutOfBoundsException
                    | java.nio.BufferUnderflowException e) {
                // Closed, or a query that is none.
            }
        }
    }

    private byte[] reply(ByteBuffer query) {
        int at = HEADER_BYTES;
        StringBuilder name = new StringBuilder();
        for (int length = query.get(at); length > 0; length = query.get(at)) {
            byte[] label = new byte[length];
            query.get(at + 1, label);
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(label, StandardCharsets.US_ASCII));
            at += length + 1;
        }
        int type = query.getShort(at + 1) & 0xFFFF;
        int questionEnd = at + 5;
        Answer answer =
                names.getOrDefault(
                        name.toString().toLowerCase(Locale.ROOT), new Answer.Code(NXDOMAIN));
        if (answer instanceof Answer.Silence) {
            return new byte[0];
        }
        int rcode = answer instanceof Answer.Code code ? code.rcode() : 0;
        List<InetAddress> addresses =
                type == TYPE_A && answer instanceof Answer.Addresses found
                        ? found.addresses()
                        : List.of();
        ByteBuffer reply = ByteBuffer.allocate(questionEnd + 16 * addresses.size());
        reply.putShort(query.getShort(0)).putShort((short) (RESPONSE_FLAGS | rcode));
        reply.putShort((short) 1).putShort((short) addresses.size()).putInt(0);
        byte[] question = new byte[questionEnd - HEADER_BYTES];
        query.get(HEADER_BYTES, question);
        reply.put(question);
        for (InetAddress address : addresses) {
            reply.putShort(NAME_OF_QUESTION).putShort((short) TYPE_A).putShort((short) 1);
            reply.putInt(TTL_SECONDS).putShort((short) 4).put(address.getAddress());
        }
        return reply.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
