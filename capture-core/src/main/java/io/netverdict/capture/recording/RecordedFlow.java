package io.netverdict.capture.recording;

/**
 * A flow of a recording: its key and its extent. A 5-tuple that is used again later is one {@code
 * RecordedFlow} in time order; telling its connections apart is the reader's part.
 *
 * @param key both ends
 * @param firstNanos time of its first packet that is still recorded, nanoseconds since the epoch
 * @param lastNanos time of its newest packet
 * @param packets packets still recorded, at most; overwritten ones may be counted
 */
public record RecordedFlow(FlowKey key, long firstNanos, long lastNanos, long packets) {}
