package io.netverdict.capture.file;

/**
 * Steps through the options of a pcapng block. Options that reach over the block's end stop it,
 * each step moves on by at least four bytes.
 */
final class PcapngOptions {
    private final FileFields fields;
    private long next;
    private final long end;
    private int code;
    private int length;
    private long value;

    /** The options between two positions of the file. */
    PcapngOptions(FileFields fields, long from, long end) {
        this.fields = fields;
        this.end = end;
        next = from;
    }

    /** Moves on to the next option; false where there is none. */
    boolean next() {
        if (end - next < Pcapng.OPTION_HEADER_BYTES) {
            return false;
        }
        code = fields.uint16(next);
        length = fields.uint16(next + 2);
        value = next + Pcapng.OPTION_HEADER_BYTES;
        if (code == Pcapng.OPTION_END || length > end - value) {
            next = end;
            return false;
        }
        next = value + Pcapng.padded(length);
        return true;
    }

    int code() {
        return code;
    }

    /** Bytes of the value. */
    int length() {
        return length;
    }

    /** Where the value begins in the file. */
    long value() {
        return value;
    }
}
