package io.netverdict.correlator.survey;

import io.netverdict.capture.recording.RecordedFlow;

/**
 * A flow that gets a closer look.
 *
 * @param flow the whole of it
 * @param fromNanos what is older plainly went well, or is too much to be read
 * @param packets to be read, about
 */
record Unusual(RecordedFlow flow, long fromNanos, long packets) {

    static Unusual whole(RecordedFlow flow) {
        return new Unusual(flow, Long.MIN_VALUE, flow.packets());
    }
}
