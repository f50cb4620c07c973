package io.netverdict.service.packets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netverdict.capture.file.FileRecording;
import io.netverdict.correlator.dissect.FileDissection;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Incident;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * The packets of an incident's slice as one JSON document: {@code total}, {@code startedAt} and
 * {@code packets}, see {@link PacketRow}. Of a large slice the first {@link #MAX_PACKETS} are given
 * and, behind them, those that are evidence.
 */
public final class SlicePackets {
    /** Packets given of one slice, evidence not counted. */
    public static final int MAX_PACKETS = 20_000;

    private SlicePackets() {}

    /** The document of an incident that has no packets. */
    public static ObjectNode none() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("total", 0);
        document.putArray("packets");
        return document;
    }

    /**
     * Decodes a slice.
     *
     * @param slice its pcapng file; not closed
     */
    public static ObjectNode of(Incident incident, InputStream slice) throws IOException {
        // Capture files are read at random, which a stream does not allow.
        Path copy = Files.createTempFile("netverdict-slice", ".pcapng");
        try {
            Files.copy(slice, copy, StandardCopyOption.REPLACE_EXISTING);
            return of(incident, copy, MAX_PACKETS, LongUnaryOperator.identity());
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /**
     * Decodes a slice.
     *
     * @param incident with evidence that cites what {@code frames} makes of the slice's frames
     * @param limit packets to give at most, evidence not counted
     * @param frames the number to give each frame of the slice
     */
    public static ObjectNode of(Incident incident, Path slice, int limit, LongUnaryOperator frames)
            throws IOException {
        try (FileRecording recording = FileRecording.open(slice)) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("total", recording.packets());
            ArrayNode packets = document.putArray("packets");
            if (recording.packets() == 0) {
                return document;
            }
            Set<Long> evidence = evidence(incident);
            PacketRow rows =
                    new PacketRow(incident.flows(), recording.packet(1).timeNanos(), frames);
            document.put("startedAt", rows.startedAt().toString());
            FileDissection.of(recording)
                    .forEach(
                            packet -> {
                                ObjectNode row = rows.of(packet);
                                long frame = packet.captured().number();
                                if (frame <= limit
                                        || evidence.contains(frames.applyAsLong(frame))) {
                                    packets.add(row);
                                }
                            });
            return document;
        }
    }

    private static Set<Long> evidence(Incident incident) {
        Set<Long> frames = new HashSet<>();
        if (incident.verdict() != null) {
            for (Evidence evidence : incident.verdict().evidence()) {
                frames.addAll(evidence.frames());
            }
        }
        return frames;
    }
}
