package io.netverdict.capture.file;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * Hands batches from the thread that reads a file to the one that takes them in, and back. A few
 * are on their way at a time, so that neither gets far ahead.
 */
final class BatchPipe implements FileScan.BatchTarget {
    private static final int BATCHES = 4;

    /** Behind the last batch. */
    private static final RecordBatch END = new RecordBatch(0, FileWindow.NONE);

    private final BlockingQueue<RecordBatch> full = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<RecordBatch> empty = new ArrayBlockingQueue<>(BATCHES);

    BatchPipe() {
        for (int i = 0; i < BATCHES; i++) {
            FileWindow window = new FileWindow(RecordBatch.MAX_BYTES);
            empty.add(new RecordBatch(RecordBatch.MAX_PACKETS, window));
        }
    }

    /**
     * For the reader.
     *
     * @throws CancellationException when its thread is interrupted: nobody takes any more
     */
    @Override
    public RecordBatch exchange(RecordBatch filled) {
        try {
            if (filled != null) {
                full.put(filled);
            }
            RecordBatch next = empty.take();
            next.clear();
            return next;
        } catch (InterruptedException cancelled) {
            throw new CancellationException();
        }
    }

    /** For the reader, at its end. */
    void end() {
        full.add(END);
    }

    /** For the taker: the next batch, which it gives back; null at the end. */
    RecordBatch take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    RecordBatch batch = full.take();
                    return batch == END ? null : batch;
                } catch (InterruptedException later) {
                    // Reading a file cannot be interrupted.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void giveBack(RecordBatch taken) {
        empty.add(taken);
    }
}
