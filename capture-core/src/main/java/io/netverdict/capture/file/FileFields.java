package io.netverdict.capture.file;

/** Reads the fields of a capture file in the byte order of the machine that wrote it. Immutable. */
final class FileFields {
    private static final long UINT32_MASK = 0xFFFF_FFFFL;

    private final CaptureBytes bytes;
    private final boolean littleEndian;

    FileFields(CaptureBytes bytes, boolean littleEndian) {
        this.bytes = bytes;
        this.littleEndian = littleEndian;
    }

    int int32(long position) {
        int value = bytes.getInt(position);
        return littleEndian ? Integer.reverseBytes(value) : value;
    }

    long uint32(long position) {
        return int32(position) & UINT32_MASK;
    }

    int uint16(long position) {
        short value = bytes.getShort(position);
        return (littleEndian ? Short.reverseBytes(value) : value) & 0xFFFF;
    }

    int uint8(long position) {
        return bytes.get(position) & 0xFF;
    }

    /** The 64 bits at a position in the file's byte order. */
    long int64(long position) {
        long value = bytes.getLong(position);
        return littleEndian ? Long.reverseBytes(value) : value;
    }

    /** Two numbers of 32 bits, of which {@link #first} stands at the position; in one go. */
    long pair(long position) {
        long value = bytes.getLong(position);
        return littleEndian ? Long.rotateLeft(Long.reverseBytes(value), Integer.SIZE) : value;
    }

    /** The first of a pair, unsigned. */
    static long first(long pair) {
        return pair >>> Integer.SIZE;
    }

    /** The second of a pair, unsigned. */
    static long second(long pair) {
        return pair & UINT32_MASK;
    }
}
