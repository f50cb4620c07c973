package io.netverdict.correlator.rules;

import io.netverdict.correlator.tcp.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares a RST in the server's name with the server's other packets.
 *
 * <p>Clues are hop limit, what the server sends afterwards, and how soon the RST came; the IP
 * identification says nothing, because kernels send resets of their own with 0.
 */
final class ResetFingerprint {
    private final List<String> clues = new ArrayList<>();
    private final boolean otherHopLimit;
    private final boolean dataAfter;
    private final List<Segment> contradicting = new ArrayList<>();

    ResetFingerprint(ConnectionCase c, Segment rst) {
        TreeSet<Integer> hopLimits = new TreeSet<>();
        for (Segment segment : c.tcp().toClient().segments()) {
            if (!segment.rst()) {
                hopLimits.add(segment.packet().ip().hopLimit());
            }
        }
        int own = rst.packet().ip().hopLimit();
        otherHopLimit = !hopLimits.isEmpty() && !hopLimits.contains(own);
        if (otherHopLimit) {
            clues.add(
                    "its TTL is " + own + ", the server's other packets have " + hopLimits.first());
        }
        for (Segment segment : c.tcp().toClient().segments()) {
            boolean genuine =
                    !segment.rst() && hopLimits.contains(segment.packet().ip().hopLimit());
            if (genuine
                    && segment.number() > rst.number()
                    && (segment.carriesData() || segment.ackOffset() > rst.ackOffset())) {
                contradicting.add(segment);
            }
        }
        dataAfter = !contradicting.isEmpty();
        if (dataAfter) {
            clues.add("the server went on sending after it");
        }
        Segment trigger = null;
        for (Segment segment : c.tcp().toServer().segments()) {
            if (segment.number() < rst.number() && segment.carriesData()) {
                trigger = segment;
            }
        }
        long trip = c.tcp().roundTripNanos();
        if (trigger != null && trip > 5_000_000) {
            long delay = rst.timeNanos() - trigger.timeNanos();
            if (delay >= 0 && delay < trip / 2) {
                clues.add(
                        "it came "
                                + ConnectionCase.span(delay)
                                + " after the client's data, the round trip takes "
                                + ConnectionCase.span(trip));
            }
        }
    }

    /** Whether a box on the way made it: by its hop limit, or by what the server sent later. */
    boolean foreign() {
        return otherHopLimit || dataAfter;
    }

    /** What speaks for a middlebox. */
    List<String> clues() {
        return clues;
    }

    /** Packets of the server that a reset by itself would exclude. */
    List<Segment> contradicting() {
        return contradicting;
    }
}
