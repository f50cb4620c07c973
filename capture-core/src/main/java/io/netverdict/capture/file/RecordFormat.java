package io.netverdict.capture.file;

/**
 * How a file's packet records are read, again and at any place, once they are known to be sound.
 * Safe to share between threads.
 */
interface RecordFormat {

    /**
     * Reads the header of a record.
     *
     * @param record where it begins, as {@link FileScan#addPacket} was told
     */
    void read(long record, RecordHeader header);

    /** Where a record ends, and the next begins as a rule. */
    long endOf(long record);
}
