package io.netverdict.service.recorder;

import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;

/** Something that has recorded up to now and can be asked for it. Thread-safe. */
public interface Recorder extends AutoCloseable {

    /** What is recorded now; the caller closes it. Throws IllegalStateException once closed. */
    Recording snapshot();

    /** The figures now. Throws IllegalStateException once closed. */
    RecorderStatus status();

    /** Ends recording; idempotent. */
    @Override
    void close();
}
