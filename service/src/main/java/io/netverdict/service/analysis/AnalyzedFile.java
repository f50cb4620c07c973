package io.netverdict.service.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.recording.Coverage;
import java.time.Instant;

/**
 * Figures of one capture file.
 *
 * @param name as it was given
 * @param packets read, up to a break
 * @param bytes the file's size
 * @param firstPacketAt null for a file without packets
 * @param lastPacketAt likewise
 * @param undecodablePackets those of link types that are not known; null for none
 * @param problem where and how the file is damaged; null for a sound one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnalyzedFile(
        String name,
        long packets,
        long bytes,
        Instant firstPacketAt,
        Instant lastPacketAt,
        Long undecodablePackets,
        String problem) {

    static AnalyzedFile of(String name, FileRecording recording) {
        Coverage coverage = recording.coverage();
        boolean empty = coverage.packets() == 0;
        return new AnalyzedFile(
                name,
                recording.packets(),
                recording.bytes(),
                empty ? null : Instant.ofEpochSecond(0, coverage.firstNanos()),
                empty ? null : Instant.ofEpochSecond(0, coverage.lastNanos()),
                coverage.undecodable() == 0 ? null : coverage.undecodable(),
                recording.problem().orElse(null));
    }
}
