/**
 * The seam between what was recorded and what is made of it: a {@link
 * io.netverdict.capture.recording.Recording} is a capture file or the live ring, asked by time and
 * flow.
 */
package io.netverdict.capture.recording;
