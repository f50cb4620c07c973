package io.netverdict.capture.recording;

/**
 * An interface packets were recorded on.
 *
 * @param name empty where a file does not say
 * @param linkType LINKTYPE_* number
 * @param snapLength bytes kept of a packet at most; 0 for no limit
 */
public record RecordedInterface(String name, int linkType, int snapLength) {}
