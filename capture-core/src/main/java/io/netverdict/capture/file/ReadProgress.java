package io.netverdict.capture.file;

/** Told, on the reading thread and every few megabytes, how far reading a file has come. */
@FunctionalInterface
public interface ReadProgress {
    /** For callers that do not want to know. */
    ReadProgress NONE = (doneBytes, totalBytes) -> {};

    /**
     * Called while reading and once at its end.
     *
     * @param doneBytes bytes read, at most {@code totalBytes}; counts from 0 again for the second
     *     part of the work where a compressed file is expanded first
     * @param totalBytes bytes to read
     */
    void bytesRead(long doneBytes, long totalBytes);
}
