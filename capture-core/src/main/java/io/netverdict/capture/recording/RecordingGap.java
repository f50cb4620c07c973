package io.netverdict.capture.recording;

/**
 * A time of which nothing was recorded, because no recorder was running.
 *
 * @param fromNanos the last packet before, nanoseconds since the epoch
 * @param toNanos when recording began again
 */
public record RecordingGap(long fromNanos, long toNanos) {}
