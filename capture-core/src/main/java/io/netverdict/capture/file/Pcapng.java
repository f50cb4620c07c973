package io.netverdict.capture.file;

/** Numbers of the pcapng format that reader and writer share (draft-ietf-opsawg-pcapng). */
final class Pcapng {
    static final int SECTION_HEADER = 0x0A0D_0D0A;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int OBSOLETE_PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int INTERFACE_STATISTICS = 5;
    static final int ENHANCED_PACKET = 6;

    static final int BYTE_ORDER_MAGIC = 0x1A2B_3C4D;
    static final int MAJOR_VERSION = 1;
    static final int MINOR_VERSION = 0;

    /** Type and total length. */
    static final int BLOCK_HEADER_BYTES = 8;

    /** Type, total length, and the total length again. */
    static final int BLOCK_FRAME_BYTES = 12;

    /** The total length once more. */
    static final int TRAILER_BYTES = 4;

    static final int SECTION_BODY_BYTES = 16;
    static final int INTERFACE_BODY_BYTES = 8;
    static final int ENHANCED_PACKET_BODY_BYTES = 20;
    static final int OBSOLETE_PACKET_BODY_BYTES = 20;
    static final int SIMPLE_PACKET_BODY_BYTES = 4;
    static final int STATISTICS_BODY_BYTES = 12;

    static final int OPTION_HEADER_BYTES = 4;
    static final int OPTION_END = 0;
    static final int OPTION_COMMENT = 1;
    static final int SECTION_HARDWARE = 2;
    static final int SECTION_OS = 3;
    static final int SECTION_APPLICATION = 4;
    static final int INTERFACE_NAME = 2;
    static final int INTERFACE_TIME_RESOLUTION = 9;
    static final int INTERFACE_TIME_OFFSET = 14;
    static final int PACKET_FLAGS = 2;
    static final int PACKET_DROP_COUNT = 4;
    static final int STATISTICS_INTERFACE_DROPS = 5;
    static final int STATISTICS_KERNEL_DROPS = 7;

    static final int FLAGS_DIRECTION_MASK = 3;
    static final int FLAGS_INBOUND = 1;
    static final int FLAGS_OUTBOUND = 2;

    private Pcapng() {}

    /** A length rounded up to the next multiple of four. */
    static long padded(long length) {
        return length + 3 & ~3L;
    }
}
