package io.netverdict.capture.file;

import io.netverdict.capture.recording.PacketVisitor;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Goes once through a file: its reader finds the packets, the index takes them in. With a large
 * file each is a thread of its own, so that one waits for the disk and for memory while the other
 * works.
 */
final class FileReading {
    /** Smaller files are read before a second thread would have begun. */
    private static final long LARGE_BYTES = 4 << 20;

    private static final int SMALL_BATCH_PACKETS = 16;

    private final CaptureBytes bytes;
    private final Function<FileScan, RecordFormat> reader;
    private final FileIndex index;
    private final ProgressMeter meter;
    private FileScan scan;
    private RecordFormat format;
    private Throwable failure;

    /**
     * @param reader fills in a scan up to the end or the break, and gives the way to read records
     *     again
     * @param visitor is shown every packet that is of a flow, or null
     */
    FileReading(
            CaptureBytes bytes,
            Function<FileScan, RecordFormat> reader,
            PacketVisitor visitor,
            ProgressMeter meter) {
        this.bytes = bytes;
        this.reader = reader;
        this.meter = meter;
        index = new FileIndex(visitor);
    }

    /** Reads the file; the calling thread takes its packets in. */
    void run() {
        if (bytes.size() < LARGE_BYTES) {
            RecordBatch batch = new RecordBatch(SMALL_BATCH_PACKETS, FileWindow.NONE);
            read(filled -> takeIn(filled == null ? batch : filled));
        } else {
            readBeside();
        }
        index.finish();
    }

    private void read(FileScan.BatchTarget target) {
        scan = new FileScan(bytes, target);
        format = reader.apply(scan);
        scan.finish();
    }

    private RecordBatch takeIn(RecordBatch batch) {
        int size = batch.size();
        if (size > 0) {
            index.take(batch);
            meter.reached(batch.record(size - 1));
        }
        batch.clear();
        return batch;
    }

    private void readBeside() {
        BatchPipe pipe = new BatchPipe();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                read(pipe);
                            } catch (CancellationException nobodyTakes) {
                                return;
                            } catch (RuntimeException | Error e) {
                                failure = e;
                            }
                            pipe.end();
                        },
                        "capture-file");
        thread.setDaemon(true);
        thread.start();
        boolean complete = false;
        try {
            for (RecordBatch batch = pipe.take(); batch != null; batch = pipe.take()) {
                pipe.giveBack(takeIn(batch));
            }
            complete = true;
        } finally {
            if (!complete) {
                thread.interrupt();
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** What the reader found beside packets; after {@link #run}. */
    FileScan scan() {
        return scan;
    }

    FileIndex index() {
        return index;
    }

    /** The way to read records again. */
    RecordFormat format() {
        return format;
    }
}
