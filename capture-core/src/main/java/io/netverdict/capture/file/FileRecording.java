package io.netverdict.capture.file;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A capture file as a recording: pcap or pcapng, either also gzipped.
 *
 * <p>{@link #open} goes through the file once and keeps 32 bytes a packet; packet bytes stay in the
 * mapped file. Packets are numbered from 1 in file order, which need not be time order; those of
 * unknown link types and protocols have numbers but belong to no flow. Damage never throws: the
 * file is read up to the break and {@link #problem()} tells. Immutable once open, so safe to share
 * between threads until it is closed.
 */
public final class FileRecording implements Recording {
    private final String name;
    private final long fileBytes;
    private final FileIndex index;
    private final Coverage coverage;
    private CaptureBytes bytes;

    private FileRecording(String name, long fileBytes, CaptureBytes bytes, FileIndex index) {
        this.name = name;
        this.fileBytes = fileBytes;
        this.bytes = bytes;
        this.index = index;
        coverage = index.coverage();
    }

    /**
     * Reads a capture file.
     *
     * @param progress told on this thread while reading
     * @throws NotACaptureException when the file is no capture; its message is one line for people
     * @throws IOException when the file cannot be read at all
     */
    public static FileRecording open(Path file, ReadProgress progress) throws IOException {
        Objects.requireNonNull(progress, "progress");
        String name = String.valueOf(file);
        if (Files.isDirectory(file)) {
            throw new NotACaptureException(name + " is a directory: give the capture files in it");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(name, null, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            try (InputStream pipe = Files.newInputStream(file)) {
                Expansion content = Expansion.of(pipe);
                return read(name, content.bytes(), content.problem(), progress);
            }
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return read(name, CaptureBytes.of(channel), null, progress);
        }
    }

    /** Reads a capture file without telling progress. */
    public static FileRecording open(Path file) throws IOException {
        return open(file, ReadProgress.NONE);
    }

    /**
     * Reads the content of a file, expanding it first where it is compressed.
     *
     * @param problem what is known to be missing at its end, or null
     */
    static FileRecording read(
            String name, CaptureBytes content, String problem, ReadProgress progress)
            throws IOException {
        long fileBytes = content.size();
        if (formatOf(content) != CaptureFormat.GZIP) {
            return index(name, fileBytes, content, problem, progress);
        }
        ProgressMeter meter = new ProgressMeter(progress, fileBytes);
        Expansion expanded = Expansion.ofGzip(new CaptureInputStream(content), meter);
        String damage = expanded.problem() == null ? problem : expanded.problem();
        return index(name, fileBytes, expanded.bytes(), damage, progress);
    }

    private static CaptureFormat formatOf(CaptureBytes content) {
        int length = (int) Math.min(content.size(), CaptureFormat.MAX_MAGIC_BYTES);
        return CaptureFormat.of(content.copy(0, length));
    }

    private static FileRecording index(
            String name, long fileBytes, CaptureBytes bytes, String problem, ReadProgress progress)
            throws NotACaptureException {
        FileIndex index = new FileIndex(bytes);
        ProgressMeter meter = new ProgressMeter(progress, bytes.size());
        CaptureFormat format = formatOf(bytes);
        if (bytes.size() == 0) {
            index.problem(problem == null ? "the file is empty" : problem);
        } else if (format.isPcap()) {
            new PcapReader(bytes, index, format, meter).read();
        } else if (format == CaptureFormat.PCAPNG && PcapngReader.startsSection(bytes)) {
            new PcapngReader(bytes, index, meter).read();
        } else {
            throw new NotACaptureException(
                    name + " is not a pcap or pcapng file: " + format.mend());
        }
        if (problem != null) {
            index.problem(problem);
        }
        index.finish();
        meter.finished();
        return new FileRecording(name, fileBytes, bytes, index);
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
        return index.timeDigits();
    }

    /** What is wrong with the file, in one line with frame and offset; empty for a sound one. */
    public Optional<String> problem() {
        return index.problem();
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
        List<RecordedFlow> found = new ArrayList<>();
        for (int flow = 0; flow < index.flows().size(); flow++) {
            if (hasPacketBetween(flow, fromNanos, toNanos)) {
                found.add(recorded(flow, index.flows().key(flow)));
            }
        }
        found.sort(Comparator.comparingLong(RecordedFlow::firstNanos));
        return found;
    }

    @Override
    public List<RecordedFlow> flows(FlowSearch search) {
        List<RecordedFlow> found = new ArrayList<>();
        for (int flow = 0; flow < index.flows().size(); flow++) {
            if (hasPacketBetween(flow, search.fromNanos(), search.toNanos())) {
                FlowKey key = index.flows().key(flow);
                if (search.filter().matches(key)) {
                    found.add(recorded(flow, key));
                }
            }
        }
        found.sort(Comparator.comparingLong(RecordedFlow::firstNanos));
        return search.select(found);
    }

    private RecordedFlow recorded(int flow, FlowKey key) {
        FlowMembers members = index.members();
        return new RecordedFlow(
                key, members.firstNanos(flow), members.lastNanos(flow), members.count(flow));
    }

    private boolean hasPacketBetween(int flow, long fromNanos, long toNanos) {
        FlowMembers members = index.members();
        long first = members.firstNanos(flow);
        long last = members.lastNanos(flow);
        if (last < fromNanos || first > toNanos) {
            return false;
        }
        if (first >= fromNanos || last <= toNanos) {
            return true;
        }
        for (int place = 0; place < members.count(flow); place++) {
            long time = index.packets().timeNanos(members.packet(flow, place));
            if (time >= fromNanos && time <= toNanos) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos) {
        FlowMembers members = index.members();
        Set<Integer> wanted = new HashSet<>();
        int total = 0;
        for (FlowKey key : flows) {
            int flow = index.flows().find(key);
            if (flow >= 0 && wanted.add(flow)) {
                total += members.count(flow);
            }
        }
        int[] found = new int[total];
        int count = 0;
        for (int flow : wanted) {
            for (int place = 0; place < members.count(flow); place++) {
                int packet = members.packet(flow, place);
                long time = index.packets().timeNanos(packet);
                if (time >= fromNanos && time <= toNanos) {
                    found[count++] = packet;
                }
            }
        }
        Arrays.sort(found, 0, count);
        List<CapturedPacket> packets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            packets.add(packet(found[i] + 1L));
        }
        return packets;
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
        CaptureBytes content = bytes;
        if (content == null) {
            throw new IllegalStateException("closed: " + name);
        }
        PacketTable table = index.packets();
        int packet = (int) (number - 1);
        int length = table.capturedLength(packet);
        long offset = table.dataOffset(packet);
        ByteBuffer data =
                length == 0
                        ? ByteBuffer.allocate(0)
                        : content.chunkOf(offset).slice(CaptureBytes.indexOf(offset), length);
        int interfaceIndex = table.interfaceIndex(packet);
        return new CapturedPacket(
                number,
                table.timeNanos(packet),
                interfaceIndex,
                table.direction(packet),
                interfaces().get(interfaceIndex).linkType(),
                table.wireLength(packet),
                data);
    }

    @Override
    public void close() {
        bytes = null;
    }
}
