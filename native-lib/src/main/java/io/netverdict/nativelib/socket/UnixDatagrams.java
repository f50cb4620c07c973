package io.netverdict.nativelib.socket;

import com.sun.jna.Native;
import io.netverdict.nativelib.socket.SocketFailure.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a Unix domain socket, which Java has only streams for; see unix(7). No send
 * waits. For one thread at a time.
 */
public final class UnixDatagrams implements AutoCloseable {
    private static final int FAMILY_BYTES = 2;

    /** Room for a path in {@code sockaddr_un}, its closing zero included. */
    private static final int MAX_PATH_BYTES = 108;

    private final int descriptor;
    private final byte[] address;
    private boolean closed;

    private UnixDatagrams(int descriptor, byte[] address) {
        this.descriptor = descriptor;
        this.address = address;
    }

    /**
     * Makes a socket; the one at the address is first looked for when something is sent.
     *
     * @param address a path, or a name of Linux's abstract namespace behind {@code @}
     * @throws SocketFailure where the system does not have such sockets
     * @throws IllegalArgumentException for an address that is neither, or too long
     */
    public static UnixDatagrams to(String address) throws SocketFailure {
        byte[] encoded = encode(address);
        int descriptor;
        try {
            descriptor =
                    SocketFunctions.socket(
                            SocketFunctions.AF_UNIX,
                            SocketFunctions.SOCK_DGRAM | SocketFunctions.SOCK_FLAGS,
                            0);
        } catch (LinkageError e) {
            throw new SocketFailure(
                    Reason.UNSUPPORTED, "the C library's sockets: " + e.getMessage());
        }
        if (descriptor < 0) {
            throw SocketFailure.of("a Unix domain socket", Native.getLastError());
        }
        return new UnixDatagrams(descriptor, encoded);
    }

    private static byte[] encode(String address) {
        boolean named = address.startsWith("@");
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (!named && !address.startsWith("/") || path.length >= MAX_PATH_BYTES) {
            throw new IllegalArgumentException("address=" + address);
        }
        // A path ends with a zero; an abstract name begins with one and ends with the address.
        ByteBuffer bytes = ByteBuffer.allocate(FAMILY_BYTES + path.length + (named ? 0 : 1));
        bytes.order(ByteOrder.nativeOrder()).putShort((short) SocketFunctions.AF_UNIX).put(path);
        if (named) {
            bytes.put(FAMILY_BYTES, (byte) 0);
        }
        return bytes.array();
    }

    /**
     * Sends one datagram.
     *
     * @throws SocketFailure where nobody receives there, or not now
     */
    public void send(byte[] message) throws SocketFailure {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        long sent =
                SocketFunctions.sendto(
                        descriptor, message, message.length, 0, address, address.length);
        if (sent < 0) {
            throw SocketFailure.of("sendto", Native.getLastError());
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
