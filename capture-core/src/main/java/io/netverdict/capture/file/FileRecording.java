package io.netverdict.capture.file;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.PacketVisitor;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A capture file as a recording: pcap or pcapng, either also gzipped.
 *
 * <p>{@link #open} goes through the file once and keeps a quarter of a byte a packet and 30 bytes a
 * flow; the rest stays in the mapped file and is read again when it is asked for. Packets are
 * numbered from 1 in file order, which need not be time order; those of unknown link types and
 * protocols have numbers but belong to no flow. Damage never throws: the file is read up to the
 * break and {@link #problem()} tells. Immutable once open, so safe to share between threads until
 * it is closed.
 */
public final class FileRecording implements Recording {
    private final String name;
    private final long fileBytes;
    private final FileIndex index;
    private final Coverage coverage;
    private final int timeDigits;
    private final String problem;
    private Content content;

    /** What keeps the file mapped. */
    private record Content(CaptureBytes bytes, RecordFormat format) {}

    FileRecording(
            String name, long fileBytes, CaptureBytes bytes, FileReading reading, String problem) {
        this.name = name;
        this.fileBytes = fileBytes;
        this.problem = problem;
        content = new Content(bytes, reading.format());
        index = reading.index();
        timeDigits = reading.scan().timeDigits();
        coverage = coverage(index, reading.scan());
    }

    private static Coverage coverage(FileIndex index, FileScan scan) {
        return new Coverage(
                index.firstNanos(),
                index.firstNanos(),
                index.lastNanos(),
                index.packets().size(),
                scan.droppedByKernel(),
                scan.droppedByInterface(),
                0,
                index.undecodable(),
                false,
                List.of(),
                scan.interfaces());
    }

    /**
     * Reads a capture file.
     *
     * @param progress told on this thread while reading
     * @throws NotACaptureException when the file is no capture; its message is one line for people
     * @throws IOException when the file cannot be read at all
     */
    public static FileRecording open(Path file, ReadProgress progress) throws IOException {
        return open(file, progress, null);
    }

    /**
     * Reads a capture file and shows its packets on the way, in their order.
     *
     * @param progress told on this thread while reading
     * @param visitor is shown every packet that is of a flow, on this thread; for the place of the
     *     flow it is given its {@linkplain #flowNumber number}. Null for none
     * @throws NotACaptureException when the file is no capture; its message is one line for people
     * @throws IOException when the file cannot be read at all
     */
    public static FileRecording open(Path file, ReadProgress progress, PacketVisitor visitor)
            throws IOException {
        return FileOpening.open(file, progress, visitor);
    }

    /** Reads a capture file without telling progress. */
    public static FileRecording open(Path file) throws IOException {
        return open(file, ReadProgress.NONE);
    }

    /** The path as it was given. */
    public String name() {
        return name;
    }

    /** Packets in the file, up to a break. */
    public long packets() {
        return coverage.packets();
    }

    /** The file's size as it lies on disk, compressed or not. */
    public long bytes() {
        return fileBytes;
    }

    /** Digits behind the point of a second that the file's times have: 6, 9, … at most 9. */
    public int timeDigits() {
        return timeDigits;
    }

    /** What is wrong with the file, in one line with frame and offset; empty for a sound one. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public boolean isShareable() {
        return true;
    }

    @Override
    public Coverage coverage() {
        return coverage;
    }

    @Override
    public List<RecordedInterface> interfaces() {
        return coverage.interfaces();
    }

    @Override
    public List<RecordedFlow> flows(long fromNanos, long toNanos) {
        return new RecordedFlows(index, sweep().flowsBetween(fromNanos, toNanos));
    }

    @Override
    public List<RecordedFlow> flows(FlowSearch search) {
        BitSet found = sweep().flowsBetween(search.fromNanos(), search.toNanos());
        for (int flow = found.nextSetBit(0); flow >= 0; flow = found.nextSetBit(flow + 1)) {
            if (!search.filter().matches(index.flows().key(flow))) {
                found.clear(flow);
            }
        }
        return search.select(new RecordedFlows(index, found));
    }

    @Override
    public List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos) {
        CaptureBytes bytes = content().bytes();
        List<CapturedPacket> packets = new ArrayList<>();
        sweep().run(
                        numbersOf(flows),
                        fromNanos,
                        toNanos,
                        (packet, flow, header) -> packets.add(captured(bytes, packet, header)));
        return packets;
    }

    @Override
    public List<CapturedPacket> packetsSince(Map<FlowKey, Long> starts) {
        CaptureBytes bytes = content().bytes();
        List<CapturedPacket> packets = new ArrayList<>();
        FlowStarts numbered = FlowStarts.of(starts, this::flowNumber);
        sweep().runSince(
                        numbered,
                        (packet, flow, header) -> packets.add(captured(bytes, packet, header)));
        return packets;
    }

    private BitSet numbersOf(Collection<FlowKey> keys) {
        BitSet numbers = new BitSet();
        for (FlowKey key : keys) {
            int flow = index.flows().find(key);
            if (flow != FlowTable.NO_FLOW) {
                numbers.set(flow);
            }
        }
        return numbers;
    }

    /**
     * The number of a flow: they count from 0 in the order of their first packets in the file.
     *
     * @throws IllegalArgumentException when the file has no such flow
     */
    public int flowNumber(FlowKey key) {
        int number = index.flows().find(key);
        if (number == FlowTable.NO_FLOW) {
            throw new IllegalArgumentException("flow=" + key + " is not of " + name);
        }
        return number;
    }

    @Override
    public void forEachPacket(List<RecordedFlow> flows, PacketVisitor visitor) {
        int[] places = new int[index.flows().size()];
        BitSet numbers = new BitSet();
        for (int place = 0; place < flows.size(); place++) {
            int number = flowNumber(flows.get(place).key());
            places[number] = place;
            numbers.set(number);
        }
        FlowReader reader = flowReader();
        new PacketSweep(index, content().format(), reader)
                .run(
                        numbers,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        (packet, flow, header) ->
                                visitor.packet(
                                        places[flow],
                                        header.timeNanos,
                                        reader.headers(),
                                        reader.data()));
    }

    /**
     * One packet, of whatever protocol.
     *
     * @param number the frame number, 1 to {@link #packets()}
     */
    public CapturedPacket packet(long number) {
        if (number < 1 || number > packets()) {
            throw new IllegalArgumentException("number=" + number + " packets=" + packets());
        }
        Content open = content();
        int packet = (int) (number - 1);
        RecordHeader header = new RecordHeader();
        open.format()
                .read(new RecordCursor(index.packets(), open.format()).recordOf(packet), header);
        return captured(open.bytes(), packet, header);
    }

    private CapturedPacket captured(CaptureBytes bytes, int packet, RecordHeader header) {
        int length = (int) header.capturedLength;
        ByteBuffer data =
                length == 0
                        ? ByteBuffer.allocate(0)
                        : bytes.chunkOf(header.dataOffset)
                                .slice(CaptureBytes.indexOf(header.dataOffset), length);
        return new CapturedPacket(
                packet + 1L,
                header.timeNanos,
                header.interfaceIndex,
                header.direction,
                interfaces().get(header.interfaceIndex).linkType(),
                header.wireLength(),
                data);
    }

    private PacketSweep sweep() {
        return new PacketSweep(index, content().format(), flowReader());
    }

    private FlowReader flowReader() {
        return new FlowReader(index.flows(), content().bytes(), interfaces());
    }

    private Content content() {
        Content open = content;
        if (open == null) {
            throw new IllegalStateException("closed: " + name);
        }
        return open;
    }

    @Override
    public void close() {
        content = null;
    }
}
