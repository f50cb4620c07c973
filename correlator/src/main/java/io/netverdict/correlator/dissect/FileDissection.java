package io.netverdict.correlator.dissect;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.correlator.fragment.FragmentReassembler;
import io.netverdict.correlator.fragment.FragmentReassembler.Outcome;
import io.netverdict.correlator.fragment.FragmentReassembler.Status;
import io.netverdict.correlator.fragment.IncompleteDatagram;
import io.netverdict.correlator.fragment.ReassembledDatagram;
import io.netverdict.correlator.marks.TcpMarker;
import io.netverdict.correlator.marks.TcpMarker.MarkedSegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Dissects a capture file: once through for connections and fragments, once by connection for the
 * messages in their streams, once through for the packets in order.
 *
 * <p>Memory: four bytes a packet, and something for each packet with a message; the file itself
 * stays where it is. One thread.
 */
public final class FileDissection {
    private final FileRecording recording;
    private final PacketDecoder decoder = new PacketDecoder();
    private final Map<Long, FrameNotes> notes = new HashMap<>();
    private final Map<Long, Long> reassembledIn = new HashMap<>();
    private final Map<Long, DecodedPacket> reassembledSegments = new HashMap<>();
    private final List<IncompleteDatagram> incomplete;

    private FileDissection(FileRecording recording) {
        this.recording = recording;
        ConnectionFrames connections = new ConnectionFrames();
        FragmentReassembler reassembler = new FragmentReassembler();
        TcpMarker marker = new TcpMarker();
        for (long number = 1; number <= recording.packets(); number++) {
            DecodedPacket packet = decode(number);
            Outcome outcome = reassembler.add(packet);
            DecodedPacket whole = outcome.whole(packet);
            if (outcome.status() == Status.COMPLETED) {
                completed(outcome.datagram());
            }
            MarkedSegment marked = whole == null ? null : marker.mark(whole);
            if (marked != null) {
                connections.add(marked.stream(), number);
            }
        }
        incomplete = reassembler.incomplete();
        ConnectionNotes reader = new ConnectionNotes(notes);
        connections.forEach(frames -> reader.read(streams(frames)));
        reassembledSegments.clear();
    }

    /** Reads a file; it has to stay open for {@link #forEach}. */
    public static FileDissection of(FileRecording recording) {
        return new FileDissection(recording);
    }

    /** Datagrams of which fragments are missing. */
    public List<IncompleteDatagram> incomplete() {
        return incomplete;
    }

    /** Hands out every packet in the order of the file. */
    public void forEach(Consumer<DissectedPacket> consumer) {
        FragmentReassembler reassembler = new FragmentReassembler();
        TcpMarker marker = new TcpMarker();
        FlowNumbers flows = new FlowNumbers();
        DatagramNotes datagrams = new DatagramNotes();
        for (long number = 1; number <= recording.packets(); number++) {
            DecodedPacket packet = decode(number);
            Outcome outcome = reassembler.add(packet);
            DecodedPacket whole = outcome.whole(packet);
            MarkedSegment marked = whole == null ? null : marker.mark(whole);
            DecodedPacket shown = whole == null ? packet : whole;
            int flow = flow(flows, shown, marked, whole != null);
            FrameNotes said =
                    shown.udp() != null && whole != null
                            ? datagrams.read(whole, flow)
                            : notes.getOrDefault(number, FrameNotes.NONE);
            consumer.accept(
                    new DissectedPacket(
                            packet,
                            shown,
                            flow,
                            marked == null ? Set.of() : marked.marks(),
                            fragmentNote(packet, outcome),
                            said));
        }
    }

    private static int flow(
            FlowNumbers flows, DecodedPacket packet, MarkedSegment marked, boolean whole) {
        if (marked != null) {
            return flows.ofConnection(marked.stream());
        }
        return whole ? flows.of(packet) : flows.ofFragment(packet.ip());
    }

    private DecodedPacket decode(long number) {
        return decoder.decode(recording.packet(number));
    }

    private void completed(ReassembledDatagram datagram) {
        long last = datagram.packet().number();
        for (long frame : datagram.frames()) {
            reassembledIn.put(frame, last);
        }
        if (datagram.packet().tcp() != null) {
            reassembledSegments.put(last, datagram.packet());
        }
    }

    private ConnectionStreams streams(PrimitiveIterator.OfInt frames) {
        ConnectionStreams streams = new ConnectionStreams();
        while (frames.hasNext()) {
            long frame = frames.nextInt();
            DecodedPacket whole = reassembledSegments.get(frame);
            streams.add(whole == null ? decode(frame) : whole);
        }
        return streams;
    }

    private FragmentNote fragmentNote(DecodedPacket packet, Outcome outcome) {
        if (outcome.status() == Status.WHOLE) {
            return null;
        }
        NetworkHeader.Ip ip = packet.ip();
        ReassembledDatagram datagram = outcome.datagram();
        return new FragmentNote(
                ip.identification(),
                ip.fragmentOffset(),
                ip.payloadWireLength(),
                ip.moreFragments(),
                reassembledIn.getOrDefault(packet.number(), -1L),
                datagram == null ? List.of() : datagram.frames(),
                datagram == null ? -1 : datagram.packet().ip().payloadWireLength());
    }
}
