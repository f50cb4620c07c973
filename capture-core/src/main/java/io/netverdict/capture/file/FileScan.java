package io.netverdict.capture.file;

import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.RecordedInterface;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader of a format finds while it goes through a file: interfaces, losses, the break; and
 * packets, which it hands on in batches. For the reader's thread; complete when it has ended.
 */
final class FileScan {
    private static final int DEFAULT_TIME_DIGITS = 6;

    private final CaptureBytes bytes;
    private final BatchTarget target;
    private final List<RecordedInterface> interfaces = new ArrayList<>();
    private final List<LinkType> linkTypes = new ArrayList<>();
    private RecordBatch batch;
    private long packets;
    private long newestNanos;
    private long droppedByKernel;
    private long droppedByInterface;
    private int timeDigits;
    private String problem;

    /** Where batches go. */
    interface BatchTarget {
        /** Takes a full batch, or null at first, and gives one to be filled. */
        RecordBatch exchange(RecordBatch full);
    }

    FileScan(CaptureBytes bytes, BatchTarget target) {
        this.bytes = bytes;
        this.target = target;
        batch = target.exchange(null);
        bytes.goThrough(batch.window(), 0);
    }

    /** Adds an interface and gives its index. */
    int addInterface(RecordedInterface added, int digits) {
        linkTypes.add(LinkType.fromCode(added.linkType()));
        interfaces.add(added);
        timeDigits = Math.max(timeDigits, digits);
        return interfaces.size() - 1;
    }

    /**
     * Adds the next packet; its bytes are known to be in the file.
     *
     * @param record where what {@code header} was read from begins
     */
    void addPacket(long record, RecordHeader header) {
        batch.add(record, header, linkTypes.get(header.interfaceIndex), bytes);
        packets++;
        newestNanos = header.timeNanos;
        if (batch.isFull()) {
            batch = target.exchange(batch);
            bytes.goThrough(batch.window(), header.recordEnd);
        }
    }

    void addDrops(long byKernel, long byInterface) {
        droppedByKernel += byKernel;
        droppedByInterface += byInterface;
    }

    /** Notes where and why reading ends before the file does; the first reason stays. */
    void breakAt(long position, String what) {
        problem("frame " + (packets + 1) + " at byte " + position + ": " + what);
    }

    /** Notes damage that no frame can be named for; the first stays. */
    void problem(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    /** Hands on what is left. */
    void finish() {
        bytes.leave();
        batch = target.exchange(batch);
    }

    /** The time of the newest packet in file order, 0 without packets. */
    long previousNanos() {
        return newestNanos;
    }

    List<RecordedInterface> interfaces() {
        return List.copyOf(interfaces);
    }

    long droppedByKernel() {
        return droppedByKernel;
    }

    long droppedByInterface() {
        return droppedByInterface;
    }

    /** Digits behind the second's point of the finest interface. */
    int timeDigits() {
        return interfaces.isEmpty() ? DEFAULT_TIME_DIGITS : timeDigits;
    }

    /** What is wrong with the file, or null. */
    String problem() {
        return problem;
    }
}
