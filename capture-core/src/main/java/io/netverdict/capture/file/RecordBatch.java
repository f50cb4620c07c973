package io.netverdict.capture.file;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;

/**
 * Packets of a file on their way from its reader to its index, in columns, their headers found. For
 * one thread at a time.
 */
final class RecordBatch {
    static final int MAX_PACKETS = 1024;

    /** Of the file: so that the one who takes it in need not wait long for large packets. */
    private static final long MAX_BYTES = 2 << 20;

    private final long[] records;
    private final long[] recordEnds;
    private final long[] timesNanos;
    private final int[] dataEnds;
    private final LinkType[] linkTypes;
    private final HeaderView[] headers;
    private int size;

    /**
     * @param capacity packets
     */
    RecordBatch(int capacity) {
        records = new long[capacity];
        recordEnds = new long[capacity];
        timesNanos = new long[capacity];
        dataEnds = new int[capacity];
        linkTypes = new LinkType[capacity];
        headers = new HeaderView[capacity];
        for (int row = 0; row < capacity; row++) {
            headers[row] = new HeaderView();
        }
    }

    void clear() {
        size = 0;
    }

    void add(long record, RecordHeader header, LinkType linkType, CaptureBytes bytes) {
        records[size] = record;
        recordEnds[size] = header.recordEnd;
        timesNanos[size] = header.timeNanos;
        linkTypes[size] = linkType;
        int capturedLength = (int) header.capturedLength;
        dataEnds[size] = CaptureBytes.indexOf(header.dataOffset) + capturedLength;
        headers[size].wrap(
                // An empty packet at the file's end lies in no chunk.
                bytes.chunkOf(capturedLength == 0 ? 0 : header.dataOffset),
                CaptureBytes.indexOf(header.dataOffset),
                capturedLength,
                header.wireLength(),
                capturedLength == 0 ? LinkType.UNKNOWN : linkType);
        size++;
    }

    int size() {
        return size;
    }

    /** Whether it is time to hand it on: for its packets, or for their bytes. */
    boolean isFull() {
        return size == records.length || records[size - 1] - records[0] >= MAX_BYTES;
    }

    /** Where the record of a row begins. */
    long record(int row) {
        return records[row];
    }

    /** Where it ends. */
    long recordEnd(int row) {
        return recordEnds[row];
    }

    long timeNanos(int row) {
        return timesNanos[row];
    }

    /** Behind the last captured byte, in the buffer of its headers. */
    int dataEnd(int row) {
        return dataEnds[row];
    }

    LinkType linkType(int row) {
        return linkTypes[row];
    }

    /** The packet's headers. */
    HeaderView headers(int row) {
        return headers[row];
    }
}
