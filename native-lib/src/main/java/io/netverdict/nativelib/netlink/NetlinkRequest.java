package io.netverdict.nativelib.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes one request: header, fixed part, attributes. Not thread-safe. */
public final class NetlinkRequest {
    /** Asks for all there are. */
    public static final int DUMP = 0x300;

    static final int HEADER_BYTES = 16;
    private static final int FLAG_REQUEST = 1;
    private static final int MAX_BYTES = 1024;
    private static final int NESTED = 0x8000;

    private final String name;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.nativeOrder());

    /**
     * @param name for the messages of exceptions, as {@code routes}
     * @param type the request's number
     * @param flags 0 or {@link #DUMP}
     */
    public NetlinkRequest(String name, int type, int flags) {
        this.name = name;
        buffer.putInt(0).putShort((short) type).putShort((short) (FLAG_REQUEST | flags));
        buffer.putInt(0).putInt(0);
    }

    /** The request's fixed part, behind what was written before. */
    public NetlinkRequest fixed(byte[] bytes) {
        buffer.put(bytes);
        pad();
        return this;
    }

    /** An attribute of bytes as they are. */
    public NetlinkRequest attribute(int type, byte[] value) {
        buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        pad();
        return this;
    }

    /** An attribute of a number in the machine's byte order. */
    public NetlinkRequest attribute(int type, int value) {
        buffer.putShort((short) 8).putShort((short) type).putInt(value);
        return this;
    }

    /** Opens an attribute that holds others; to be closed with what this returns. */
    public int begin(int type) {
        int at = buffer.position();
        buffer.putShort((short) 0).putShort((short) (type | NESTED));
        return at;
    }

    /** Closes what {@link #begin} opened. */
    public NetlinkRequest end(int began) {
        buffer.putShort(began, (short) (buffer.position() - began));
        return this;
    }

    private void pad() {
        while ((buffer.position() & 3) != 0) {
            buffer.put((byte) 0);
        }
    }

    String name() {
        return name;
    }

    boolean isDump() {
        return (buffer.getShort(6) & DUMP) == DUMP;
    }

    /** The message, to be sent under a number. */
    ByteBuffer finish(int sequence) {
        buffer.putInt(0, buffer.position()).putInt(8, sequence);
        return buffer.duplicate().flip();
    }
}
