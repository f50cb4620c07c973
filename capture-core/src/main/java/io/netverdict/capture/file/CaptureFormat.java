package io.netverdict.capture.file;

import java.util.Arrays;

/** File formats, told by their first bytes. */
enum CaptureFormat {
    PCAP_MICROSECONDS("", 0xA1, 0xB2, 0xC3, 0xD4),
    PCAP_NANOSECONDS("", 0xA1, 0xB2, 0x3C, 0x4D),
    /** Kuznetzov's: record headers carry interface, protocol and packet type too. */
    PCAP_MODIFIED("", 0xA1, 0xB2, 0xCD, 0x34),
    PCAP_MICROSECONDS_SWAPPED("", 0xD4, 0xC3, 0xB2, 0xA1),
    PCAP_NANOSECONDS_SWAPPED("", 0x4D, 0x3C, 0xB2, 0xA1),
    PCAP_MODIFIED_SWAPPED("", 0x34, 0xCD, 0xB2, 0xA1),
    PCAPNG("", 0x0A, 0x0D, 0x0D, 0x0A),
    GZIP("", 0x1F, 0x8B),
    ZSTANDARD("decompress it with zstd -d first", 0x28, 0xB5, 0x2F, 0xFD),
    XZ("decompress it with xz -d first", 0xFD, 0x37, 0x7A, 0x58, 0x5A),
    BZIP2("decompress it with bzip2 -d first", 0x42, 0x5A, 0x68),
    LZ4("decompress it with lz4 -d first", 0x04, 0x22, 0x4D, 0x18),
    ZIP("unpack it first", 0x50, 0x4B, 0x03, 0x04),
    SNOOP("convert it with editcap -F pcapng first", 0x73, 0x6E, 0x6F, 0x6F, 0x70),
    UNKNOWN(
            "give a pcap or pcapng file, or convert it with editcap -F pcapng if Wireshark reads it");

    static final int MAX_MAGIC_BYTES = 5;

    private final String mend;
    private final byte[] magic;

    CaptureFormat(String mend, int... magic) {
        this.mend = mend;
        this.magic = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            this.magic[i] = (byte) magic[i];
        }
    }

    /**
     * The format of a file that begins so; a file cut off inside its first bytes is given the first
     * format that fits.
     */
    static CaptureFormat of(byte[] start) {
        for (CaptureFormat format : values()) {
            int compared = Math.min(start.length, format.magic.length);
            if (compared > 0 && Arrays.equals(start, 0, compared, format.magic, 0, compared)) {
                return format;
            }
        }
        return UNKNOWN;
    }

    /** What to do with a file of this format that is not read; empty for those that are. */
    String mend() {
        return mend;
    }

    boolean isPcap() {
        return ordinal() <= PCAP_MODIFIED_SWAPPED.ordinal();
    }

    /** Whether a pcap file's fields are little-endian. */
    boolean littleEndian() {
        return isPcap() && ordinal() >= PCAP_MICROSECONDS_SWAPPED.ordinal();
    }

    boolean nanoseconds() {
        return this == PCAP_NANOSECONDS || this == PCAP_NANOSECONDS_SWAPPED;
    }

    boolean modified() {
        return this == PCAP_MODIFIED || this == PCAP_MODIFIED_SWAPPED;
    }
}
