package io.netverdict.capture.packet;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One packet as it was captured: bytes, lengths, time, interface.
 *
 * <p>Immutable; {@link #data()} hands out an independent read-only view, so instances may be shared
 * between threads.
 *
 * @param number position in the recording, from 1: the frame number of a file, or a running number
 *     of the ring
 * @param timeNanos capture time, nanoseconds since 1970-01-01T00:00:00Z
 * @param interfaceIndex index into the recording's interfaces, from 0
 * @param direction as the capture tells; the link layer of Linux cooked captures is read by {@link
 *     DecodedPacket}
 * @param linkType the LINKTYPE_* number, see {@link LinkType#fromCode}
 * @param wireLength bytes on the wire, at least what was captured
 * @param data the captured bytes from the link header on, position 0 to limit
 */
public record CapturedPacket(
        long number,
        long timeNanos,
        int interfaceIndex,
        PacketDirection direction,
        int linkType,
        int wireLength,
        ByteBuffer data) {

    public CapturedPacket {
        Objects.requireNonNull(direction, "direction");
        data = data.slice().asReadOnlyBuffer();
    }

    /** Bytes captured. */
    public int capturedLength() {
        return data.limit();
    }

    /** The captured bytes, read-only, position 0, big-endian; a new view at each call. */
    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }
}
