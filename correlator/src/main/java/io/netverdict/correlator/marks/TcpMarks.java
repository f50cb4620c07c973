package io.netverdict.correlator.marks;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.marks.TcpMarker.MarkedSegment;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The marks of some packets, by packet number; packets without marks are left out. Immutable.
 *
 * @param byFrame by {@link DecodedPacket#number()}
 */
public record TcpMarks(Map<Long, Set<Mark>> byFrame) {

    public TcpMarks {
        byFrame = Collections.unmodifiableMap(new HashMap<>(byFrame));
    }

    /**
     * Marks packets.
     *
     * @param packets in the order of the recording; what is not TCP is passed over
     */
    public static TcpMarks of(Iterable<DecodedPacket> packets) {
        TcpMarker marker = new TcpMarker();
        Map<Long, Set<Mark>> marks = new HashMap<>();
        for (DecodedPacket packet : packets) {
            MarkedSegment segment = marker.mark(packet);
            if (segment != null && !segment.marks().isEmpty()) {
                marks.put(packet.number(), segment.marks());
            }
        }
        return new TcpMarks(marks);
    }

    /** The marks of a packet; empty without. */
    public Set<Mark> of(long frame) {
        return byFrame.getOrDefault(frame, Set.of());
    }
}
