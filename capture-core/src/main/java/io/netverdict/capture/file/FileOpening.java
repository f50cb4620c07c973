package io.netverdict.capture.file;

import io.netverdict.capture.recording.PacketVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/** Tells what kind of file is given, expands it where it is compressed, and has it read. */
final class FileOpening {
    private FileOpening() {}

    /** See {@link FileRecording#open(Path, ReadProgress, PacketVisitor)}. */
    static FileRecording open(Path file, ReadProgress progress, PacketVisitor visitor)
            throws IOException {
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
                return read(name, content.bytes(), content.problem(), progress, visitor);
            }
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return read(name, CaptureBytes.of(channel), null, progress, visitor);
        }
    }

    /**
     * Reads the content of a file, expanding it first where it is compressed.
     *
     * @param problem what is known to be missing at its end, or null
     */
    static FileRecording read(
            String name,
            CaptureBytes content,
            String problem,
            ReadProgress progress,
            PacketVisitor visitor)
            throws IOException {
        long fileBytes = content.size();
        if (formatOf(content) != CaptureFormat.GZIP) {
            ProgressMeter meter = new ProgressMeter(progress, fileBytes);
            return index(name, fileBytes, content, problem, meter, visitor);
        }
        ProgressMeter meter = new ProgressMeter(progress, fileBytes);
        Expansion expanded = Expansion.ofGzip(new CaptureInputStream(content), meter);
        String damage = expanded.problem() == null ? problem : expanded.problem();
        ProgressMeter second = new ProgressMeter(progress, expanded.bytes().size());
        return index(name, fileBytes, expanded.bytes(), damage, second, visitor);
    }

    private static CaptureFormat formatOf(CaptureBytes content) {
        int length = (int) Math.min(content.size(), CaptureFormat.MAX_MAGIC_BYTES);
        return CaptureFormat.of(content.copy(0, length));
    }

    private static FileRecording index(
            String name,
            long fileBytes,
            CaptureBytes bytes,
            String problem,
            ProgressMeter meter,
            PacketVisitor visitor)
            throws NotACaptureException {
        Function<FileScan, RecordFormat> reader = readerOf(name, bytes);
        FileReading reading = new FileReading(bytes, reader, visitor, meter);
        reading.run();
        meter.finished();
        String empty = bytes.size() == 0 ? "the file is empty" : null;
        String found = reading.scan().problem() == null ? problem : reading.scan().problem();
        return new FileRecording(name, fileBytes, bytes, reading, found == null ? empty : found);
    }

    private static Function<FileScan, RecordFormat> readerOf(String name, CaptureBytes bytes)
            throws NotACaptureException {
        CaptureFormat format = formatOf(bytes);
        if (bytes.size() == 0) {
            return scan -> null;
        }
        if (format.isPcap()) {
            return scan -> new PcapReader(bytes, scan, format).read();
        }
        if (format == CaptureFormat.PCAPNG && PcapngReader.startsSection(bytes)) {
            return scan -> new PcapngReader(bytes, scan).read();
        }
        throw new NotACaptureException(name + " is not a pcap or pcapng file: " + format.mend());
    }
}
