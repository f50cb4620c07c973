package io.netverdict.it.conformance;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.correlator.dissect.DissectedPacket;
import io.netverdict.correlator.dissect.FileDissection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares one file frame by frame.
 *
 * <p>What is compared: frames whose outermost IP packet carries the TCP segment or the message.
 * Frames with an IP packet within an IP packet are left out, with all of their connections, and so
 * is what an ICMP error quotes.
 */
final class FileComparison {
    private final String name;
    private final List<TsharkFrame> theirs;
    private final Map<Long, DissectedPacket> ours = new HashMap<>();
    private final Set<String> tunnelledStreams = new HashSet<>();
    private final Comparison result;

    private FileComparison(String name, List<TsharkFrame> theirs, Comparison result) {
        this.name = name;
        this.theirs = theirs;
        this.result = result;
    }

    /** Compares a file, adding to a result that belongs to the calling thread. */
    static void compare(Path corpus, Path file, Tshark tshark, Comparison result)
            throws IOException {
        String name = corpus.relativize(file).toString();
        FileComparison comparison = new FileComparison(name, tshark.frames(file), result);
        try (FileRecording recording = FileRecording.open(file)) {
            FileDissection.of(recording)
                    .forEach(packet -> comparison.ours.put(packet.captured().number(), packet));
            comparison.compare();
        }
    }

    private void compare() {
        result.files++;
        for (TsharkFrame frame : theirs) {
            if (frame.isTunnelled()) {
                result.tunnelledFrames++;
                tunnelledStreams.addAll(frame.all("tcp.stream"));
            }
        }
        for (TsharkFrame frame : theirs) {
            DissectedPacket packet = ours.get(frame.number());
            if (packet != null && !frame.isTunnelled()) {
                marks(frame, packet);
                values(frame, packet);
            }
        }
        for (ValueComparison value : ValueComparison.values()) {
            if (value.isByConnection()) {
                connections(value);
            }
        }
    }

    private void marks(TsharkFrame frame, DissectedPacket packet) {
        boolean read = packet.packet().tcp() != null && !isUnreassembled(packet);
        if (!frame.isTcp() && !read || frame.all("tcp.stream").stream().anyMatch(this::isTunnel)) {
            return;
        }
        result.segments++;
        if (frame.isTcp() && !read) {
            result.unreadLayers.merge(linkLayers(frame), 1, Integer::sum);
        }
        for (MarkField mark : MarkField.values()) {
            boolean their = frame.isTcp() && mark.isTheirs(frame);
            boolean our = mark.isOurs(packet.marks());
            Agreement agreement = result.marks.get(mark);
            if (their != our && result.known.explain(name, frame.number(), mark.label())) {
                agreement.countKnown();
                continue;
            }
            agreement.count(their, our);
            if (their != our) {
                String detail = their ? "only tshark" : "only we";
                result.differences.add(new Difference(name, frame.number(), mark.label(), detail));
            }
        }
    }

    private boolean isTunnel(String stream) {
        return tunnelledStreams.contains(stream);
    }

    /** A fragment's TCP header is read too, but its segment is marked where it is whole. */
    private static boolean isUnreassembled(DissectedPacket packet) {
        return packet.fragment() != null && packet.fragment().frames().isEmpty();
    }

    private static String linkLayers(TsharkFrame frame) {
        List<String> layers = frame.layers();
        return String.join(":", layers.subList(0, layers.indexOf("tcp")));
    }

    private void values(TsharkFrame frame, DissectedPacket packet) {
        for (ValueComparison value : ValueComparison.values()) {
            if (!value.isByConnection()) {
                List<String> their = frame.isQuoting() ? List.of() : frame.all(value.field());
                if (value.isIcmp()) {
                    // A second value is that of the ICMP message which an ICMP error quotes.
                    their = frame.all(value.field()).stream().limit(1).toList();
                }
                count(value, frame.number(), their, value.ours(packet));
            }
        }
    }

    /** A connection's values in order, and where it begins. */
    private record Connection(long firstFrame, List<String> their, List<String> our) {}

    private void connections(ValueComparison value) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        for (TsharkFrame frame : theirs) {
            List<String> streams = frame.all("tcp.stream");
            DissectedPacket packet = ours.get(frame.number());
            if (packet == null || !frame.isTcp() || streams.size() != 1) {
                continue;
            }
            Connection connection =
                    connections.computeIfAbsent(
                            streams.get(0),
                            stream ->
                                    new Connection(
                                            frame.number(), new ArrayList<>(), new ArrayList<>()));
            connection.their().addAll(frame.all(value.field()));
            connection.our().addAll(value.ours(packet));
        }
        connections.forEach(
                (stream, connection) -> {
                    if (!isTunnel(stream)) {
                        count(value, connection.firstFrame(), connection.their(), connection.our());
                    }
                });
    }

    private void count(ValueComparison value, long frame, List<String> their, List<String> our) {
        Agreement agreement = result.values.get(value);
        if (!their.equals(our) && result.known.explain(name, frame, value.name())) {
            agreement.countKnown();
            return;
        }
        if (their.equals(our)) {
            their.forEach(each -> agreement.count(true, true));
            return;
        }
        result.differences.add(
                new Difference(name, frame, value.name(), "tshark " + their + " we " + our));
        Map<String, Integer> balance = new TreeMap<>();
        their.forEach(each -> balance.merge(each, 1, Integer::sum));
        for (String each : our) {
            boolean both = balance.getOrDefault(each, 0) > 0;
            balance.merge(each, both ? -1 : 0, Integer::sum);
            agreement.count(both, true);
        }
        balance.values()
                .forEach(
                        left -> {
                            for (int i = 0; i < left; i++) {
                                agreement.count(true, false);
                            }
                        });
    }
}
