package io.netverdict.capture.file;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import java.nio.ByteBuffer;

/**
 * Packets of a file on their way from its reader to its index, in columns. For one thread at a
 * time.
 */
final class RecordBatch {
    static final int MAX_PACKETS = 1024;

    /** Of the file: so that the one who takes it in need not wait long for large packets. */
    static final int MAX_BYTES = 1 << 20;

    /** Where less of a window is left, it is passed: most packets are not longer. */
    private static final int PASSED_BYTES = 2048;

    private final long[] records;
    private final long[] recordEnds;
    private final long[] timesNanos;
    private final ByteBuffer[] buffers;
    private final int[] dataOffsets;
    private final int[] capturedLengths;
    private final int[] wireLengths;
    private final LinkType[] linkTypes;
    private final HeaderView headers = new HeaderView();
    private final FileWindow window;
    private int size;

    /**
     * @param capacity packets
     * @param window where the packets are copied to; its own
     */
    RecordBatch(int capacity, FileWindow window) {
        this.window = window;
        records = new long[capacity];
        recordEnds = new long[capacity];
        timesNanos = new long[capacity];
        buffers = new ByteBuffer[capacity];
        dataOffsets = new int[capacity];
        capturedLengths = new int[capacity];
        wireLengths = new int[capacity];
        linkTypes = new LinkType[capacity];
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
        capturedLengths[size] = capturedLength;
        wireLengths[size] = header.wireLength();
        if (window.holds(header.dataOffset, capturedLength)) {
            buffers[size] = window.buffer();
            dataOffsets[size] = window.indexOf(header.dataOffset);
        } else {
            // An empty packet at the file's end lies in no chunk.
            buffers[size] = bytes.chunkOf(capturedLength == 0 ? 0 : header.dataOffset);
            dataOffsets[size] = CaptureBytes.indexOf(header.dataOffset);
        }
        size++;
    }

    /** What the file is read by way of while this batch is filled. */
    FileWindow window() {
        return window;
    }

    int size() {
        return size;
    }

    /** Whether it is time to hand it on: for its packets, or for their bytes. */
    boolean isFull() {
        return size == records.length
                || records[size - 1] - records[0] >= MAX_BYTES
                || !window.isNone() && window.end() - recordEnds[size - 1] < PASSED_BYTES;
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
        return dataOffsets[row] + capturedLengths[row];
    }

    LinkType linkType(int row) {
        return linkTypes[row];
    }

    /** The packet's headers, until those of another are asked for. */
    HeaderView headers(int row) {
        return headers.wrap(
                buffers[row],
                dataOffsets[row],
                capturedLengths[row],
                wireLengths[row],
                capturedLengths[row] == 0 ? LinkType.UNKNOWN : linkTypes[row]);
    }
}
