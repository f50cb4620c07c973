package io.netverdict.service;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.service.recorder.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Stands in for the live interfaces, so that tests need no privileges: what a file holds. */
public final class FileRecorder implements Recorder {
    private final Path file;

    public FileRecorder(Path file) {
        this.file = file;
    }

    @Override
    public Recording snapshot() {
        try {
            return FileRecording.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RecorderStatus status() {
        return new RecorderStatus(
                1_000_000_000L,
                3_000_000_000L,
                2_000_000_000L,
                1_500_000_000L,
                1 << 20,
                List.of(
                        new RecorderStatus.InterfaceStatus(
                                "eth\"0", true, "", 101, 6, 4, 160, 1, 2, 3, 5, 1 << 10, 2.5, 25,
                                4096)));
    }

    @Override
    public void close() {}
}
