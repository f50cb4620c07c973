package io.netverdict.nativelib.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Netlink attributes: length, type, value, padded to four bytes (linux/netlink.h, struct nlattr).
 *
 * <p>Any bytes give a result: attributes up to the first broken one. Accessors never throw: an
 * attribute that is missing or too short reads as the default.
 */
public final class Attributes {
    /** There are none. */
    public static final Attributes NONE = new Attributes(List.of());

    private static final int HEADER_BYTES = 4;
    private static final int TYPE_MASK = 0x3FFF;
    private static final int MAX_ATTRIBUTES = 4096;

    private record Attribute(int type, ByteBuffer value) {}

    private final List<Attribute> list;

    private Attributes(List<Attribute> list) {
        this.list = list;
    }

    /** Reads attributes from a buffer's beginning to its limit. */
    public static Attributes of(ByteBuffer buffer) {
        ByteBuffer bytes = buffer.duplicate().order(ByteOrder.nativeOrder());
        List<Attribute> found = new ArrayList<>();
        int at = 0;
        while (bytes.limit() - at >= HEADER_BYTES && found.size() < MAX_ATTRIBUTES) {
            int length = bytes.getShort(at) & 0xFFFF;
            int type = bytes.getShort(at + 2) & TYPE_MASK;
            if (length < HEADER_BYTES || length > bytes.limit() - at) {
                break;
            }
            ByteBuffer value = bytes.slice(at + HEADER_BYTES, length - HEADER_BYTES);
            found.add(new Attribute(type, value.order(ByteOrder.nativeOrder())));
            at += length + 3 & ~3;
        }
        return new Attributes(found);
    }

    private ByteBuffer value(int type, int leastBytes) {
        for (Attribute attribute : list) {
            if (attribute.type == type && attribute.value.limit() >= leastBytes) {
                return attribute.value;
            }
        }
        return null;
    }

    public boolean has(int type) {
        return value(type, 0) != null;
    }

    /** The first byte, unsigned. */
    public int byteOf(int type, int otherwise) {
        ByteBuffer value = value(type, 1);
        return value == null ? otherwise : value.get(0) & 0xFF;
    }

    /** Unsigned, in the machine's byte order. */
    public long intOf(int type, long otherwise) {
        ByteBuffer value = value(type, Integer.BYTES);
        return value == null ? otherwise : value.getInt(0) & 0xFFFF_FFFFL;
    }

    /** Unsigned, in network byte order, as netfilter writes its numbers. */
    public int networkShortOf(int type, int otherwise) {
        ByteBuffer value = value(type, Short.BYTES);
        return value == null ? otherwise : ordered(value).getShort(0) & 0xFFFF;
    }

    /** Unsigned, in network byte order, as netfilter writes its numbers. */
    public long networkIntOf(int type, long otherwise) {
        ByteBuffer value = value(type, Integer.BYTES);
        return value == null ? otherwise : ordered(value).getInt(0) & 0xFFFF_FFFFL;
    }

    /** In network byte order, as netfilter writes its numbers. */
    public long networkLongOf(int type, long otherwise) {
        ByteBuffer value = value(type, Long.BYTES);
        return value == null ? otherwise : ordered(value).getLong(0);
    }

    private static ByteBuffer ordered(ByteBuffer value) {
        return value.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /** Text up to its end or its first zero byte. */
    public String textOf(int type, String otherwise) {
        ByteBuffer value = value(type, 0);
        if (value == null) {
            return otherwise;
        }
        int length = 0;
        while (length < value.limit() && value.get(length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        value.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A copy of the value; empty where there is none. */
    public byte[] bytesOf(int type) {
        ByteBuffer value = value(type, 0);
        byte[] bytes = new byte[value == null ? 0 : value.limit()];
        if (value != null) {
            value.get(0, bytes);
        }
        return bytes;
    }

    /** An address of 4 or 16 bytes. */
    public Optional<InetAddress> addressOf(int type) {
        byte[] bytes = bytesOf(type);
        try {
            return bytes.length == 4 || bytes.length == 16
                    ? Optional.of(InetAddress.getByAddress(bytes))
                    : Optional.empty();
        } catch (UnknownHostException neverForTheseLengths) {
            return Optional.empty();
        }
    }

    /** The attributes within one. */
    public Attributes nested(int type) {
        ByteBuffer value = value(type, 0);
        return value == null ? NONE : of(value);
    }

    /** The attributes within each one of a type, where it stands several times. */
    public List<Attributes> eachNested(int type) {
        return list.stream().filter(a -> a.type == type).map(a -> of(a.value)).toList();
    }
}
