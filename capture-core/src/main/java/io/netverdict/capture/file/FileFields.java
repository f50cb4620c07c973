package io.netverdict.capture.file;

/** Reads the fields of a capture file in the byte order of the machine that wrote it. Immutable. */
final class FileFields {
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
        return int32(position) & 0xFFFF_FFFFL;
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
        long first = uint32(position);
        long second = uint32(position + 4);
        return littleEndian ? second << 32 | first : first << 32 | second;
    }
}
