package io.netverdict.capture.file;

/** Thins out positions reached to a report every few megabytes. */
final class ProgressMeter {
    private static final long STEP_BYTES = 4 << 20;

    private final ReadProgress target;
    private final long totalBytes;
    private long nextReport = STEP_BYTES;

    ProgressMeter(ReadProgress target, long totalBytes) {
        this.target = target;
        this.totalBytes = totalBytes;
    }

    void reached(long doneBytes) {
        if (doneBytes >= nextReport) {
            nextReport = doneBytes + STEP_BYTES;
            target.bytesRead(Math.min(doneBytes, totalBytes), totalBytes);
        }
    }

    void finished() {
        target.bytesRead(totalBytes, totalBytes);
    }
}
