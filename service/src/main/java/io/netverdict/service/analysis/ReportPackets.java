package io.netverdict.service.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.packets.SlicePackets;
import io.netverdict.service.slice.SliceWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Decodes the packets of incidents for one report, within a budget, so that the report of a large
 * capture stays a file that can be sent. Not thread-safe.
 */
public final class ReportPackets {
    /** Packets of one incident, evidence not counted. */
    static final int MAX_PER_INCIDENT = 5_000;

    /** Packets of a report; the worst incidents come first and get theirs. */
    static final int MAX_OF_REPORT = 40_000;

    private int left = MAX_OF_REPORT;

    /**
     * The packets of an incident as {@link SlicePackets} gives them.
     *
     * @param sliceFrames whether frames count in the slice, else in the recording
     */
    JsonNode of(
            Incident incident,
            Diagnosis diagnosis,
            List<RecordedInterface> interfaces,
            boolean sliceFrames)
            throws IOException {
        List<CapturedPacket> packets = diagnosis.packets();
        if (packets.isEmpty() || left <= 0) {
            return SlicePackets.none().put("total", packets.size());
        }
        LongUnaryOperator frames =
                sliceFrames
                        ? LongUnaryOperator.identity()
                        : frame -> packets.get(Math.toIntExact(frame - 1)).number();
        Path slice = Files.createTempFile("netverdict-report", ".pcapng");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(slice))) {
                SliceWriter.write(out, diagnosis, interfaces);
            }
            int limit = Math.min(MAX_PER_INCIDENT, left);
            ObjectNode decoded = SlicePackets.of(incident, slice, limit, frames);
            left -= decoded.path("packets").size();
            return decoded;
        } finally {
            Files.deleteIfExists(slice);
        }
    }
}
