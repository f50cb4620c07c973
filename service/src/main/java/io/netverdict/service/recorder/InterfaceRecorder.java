package io.netverdict.service.recorder;

import io.netverdict.capture.live.LiveRecorder;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.nativelib.PcapException;

/** Records this machine's interfaces. */
public final class InterfaceRecorder implements Recorder {
    private final LiveRecorder live;

    private InterfaceRecorder(LiveRecorder live) {
        this.live = live;
    }

    /** Begins to record; the message of the exception is one line that says what to do. */
    public static InterfaceRecorder start(RecorderConfig config) throws PcapException {
        return new InterfaceRecorder(LiveRecorder.start(config));
    }

    @Override
    public Recording snapshot() {
        return live.snapshot();
    }

    @Override
    public RecorderStatus status() {
        return live.status();
    }

    @Override
    public void close() {
        live.close();
    }
}
