package io.netverdict.nativelib.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A message of the kernel's: its type and what follows the header. The payload is a copy in the
 * machine's byte order; reading it never fails, what is not there reads as 0.
 *
 * @param type the number in the header
 */
public record NetlinkMessage(int type, ByteBuffer payload) {

    /** An unsigned byte of the fixed part, 0 where the message is shorter. */
    public int byteAt(int offset) {
        return offset + 1 <= payload.limit() ? payload.get(offset) & 0xFF : 0;
    }

    /** An unsigned 16-bit number of the fixed part, in the machine's byte order. */
    public int shortAt(int offset) {
        return offset + 2 <= payload.limit() ? payload.getShort(offset) & 0xFFFF : 0;
    }

    /** A 32-bit number of the fixed part, in the machine's byte order. */
    public int intAt(int offset) {
        return offset + 4 <= payload.limit() ? payload.getInt(offset) : 0;
    }

    /** Bytes of the fixed part; fewer, or none, where the message is shorter. */
    public byte[] bytesAt(int offset, int length) {
        int there = Math.max(0, Math.min(length, payload.limit() - offset));
        byte[] bytes = new byte[there];
        if (there > 0) {
            payload.get(offset, bytes);
        }
        return bytes;
    }

    /** The attributes behind a fixed part of so many bytes. */
    public Attributes attributes(int fixedBytes) {
        int aligned = fixedBytes + 3 & ~3;
        return aligned >= payload.limit()
                ? Attributes.NONE
                : Attributes.of(
                        payload.slice(aligned, payload.limit() - aligned)
                                .order(ByteOrder.nativeOrder()));
    }
}
