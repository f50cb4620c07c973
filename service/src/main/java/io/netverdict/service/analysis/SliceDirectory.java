package io.netverdict.service.analysis;

import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.SliceInfo;
import io.netverdict.service.slice.SliceWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory that receives one pcapng file for each incident, named by the incident's id. */
public final class SliceDirectory {
    private final Path directory;

    /** Makes the directory where it does not exist. */
    public SliceDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    SliceInfo write(String id, Diagnosis diagnosis, List<RecordedInterface> interfaces)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(directory.resolve(id + ".pcapng"))) {
            return SliceWriter.write(out, diagnosis, interfaces);
        }
    }
}
