package io.netverdict.capture.ring;

import io.netverdict.capture.recording.RecordingGap;
import io.netverdict.nativelib.FileSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file that holds a pool's segments, so that they outlive the process: a header, then the
 * segments, see {@link RingFileDescriptor}. Readable by its owner alone.
 *
 * <p>What an earlier process left is found again where its sizes are the same; nothing in it is
 * trusted. A file that is no ring is refused, never overwritten. Used by one thread at a time.
 */
public final class RingFile implements AutoCloseable {
    private static final String OWNER_ONLY = "rw-------";

    private final FileChannel channel;
    private final MappedByteBuffer header;
    private final int segmentBytes;
    private final int segmentCount;
    private final boolean restored;

    /** An interface of the recording, as {@link #interfaces} tells. */
    public record Interface(String name, int linkType, int snapLength) {}

    private RingFile(
            FileChannel channel,
            MappedByteBuffer header,
            int segmentBytes,
            int segmentCount,
            boolean restored) {
        this.channel = channel;
        this.header = header;
        this.segmentBytes = segmentBytes;
        this.segmentCount = segmentCount;
        this.restored = restored;
    }

    /**
     * Opens or makes the file and takes all the space it needs.
     *
     * @param budgetBytes for segments, as a {@link SegmentPool} without a file takes it
     * @param epochNanos the start of numbering of a recording that begins anew
     * @throws IOException where it cannot be had, is no ring, or is in use; one line that says what
     *     to do
     */
    public static RingFile open(Path file, long budgetBytes, long epochNanos) throws IOException {
        int segmentBytes = SegmentPool.segmentBytes(budgetBytes);
        int count = Math.toIntExact(budgetBytes / segmentBytes);
        long length = RingFileDescriptor.HEADER_BYTES + (long) count * segmentBytes;
        FileChannel channel = openChannel(file);
        try {
            lock(channel, file);
            boolean known = isRing(channel, file);
            boolean same = known && hasSizes(channel, segmentBytes, count, length);
            if (!same) {
                channel.truncate(0);
            }
            reserve(channel, file, length);
            MappedByteBuffer header =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, RingFileDescriptor.HEADER_BYTES);
            RingFile ring = new RingFile(channel, header, segmentBytes, count, same);
            if (!same) {
                ring.begin(epochNanos);
            }
            return ring;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void reserve(FileChannel channel, Path file, long length) throws IOException {
        try {
            FileSpace.reserve(file, length);
        } catch (IOException e) {
            channel.truncate(0);
            throw e;
        }
    }

    private static FileChannel openChannel(Path file) throws IOException {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(OWNER_ONLY)));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is no regular file", e);
            }
        } catch (UnsupportedOperationException | IOException e) {
            throw new IOException("cannot make " + file + ": " + reason(e), e);
        }
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
            return FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException | IOException e) {
            throw new IOException("cannot open " + file + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                + " "
                + e.getMessage();
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException(file + " is in use by another recorder");
        }
    }

    /** Whether it is a ring of this format; an empty file may become one. */
    private static boolean isRing(FileChannel channel, Path file) throws IOException {
        if (channel.size() == 0) {
            return false;
        }
        ByteBuffer beginning = read(channel);
        if (beginning.getLong(RingFileDescriptor.MAGIC_OFFSET) != RingFileDescriptor.MAGIC) {
            throw new IOException(file + " is no ring of netverdict's: choose another name");
        }
        return beginning.getInt(RingFileDescriptor.VERSION_OFFSET) == RingFileDescriptor.VERSION;
    }

    private static ByteBuffer read(FileChannel channel) throws IOException {
        ByteBuffer beginning = ByteBuffer.allocate(RingFileDescriptor.FIXED_BYTES);
        while (beginning.hasRemaining() && channel.read(beginning, beginning.position()) > 0) {
            continue;
        }
        return beginning.clear();
    }

    private static boolean hasSizes(
            FileChannel channel, int segmentBytes, int segmentCount, long length)
            throws IOException {
        ByteBuffer beginning = read(channel);
        return beginning.getInt(RingFileDescriptor.SEGMENT_BYTES_OFFSET) == segmentBytes
                && beginning.getInt(RingFileDescriptor.SEGMENT_COUNT_OFFSET) == segmentCount
                && channel.size() >= length;
    }

    private void begin(long epochNanos) {
        header.putInt(RingFileDescriptor.VERSION_OFFSET, RingFileDescriptor.VERSION);
        header.putInt(RingFileDescriptor.SEGMENT_BYTES_OFFSET, segmentBytes);
        header.putInt(RingFileDescriptor.SEGMENT_COUNT_OFFSET, segmentCount);
        header.putLong(RingFileDescriptor.EPOCH_OFFSET, epochNanos);
        header.putLong(RingFileDescriptor.DATA_HORIZON_OFFSET, epochNanos);
        header.putLong(RingFileDescriptor.DECIDING_HORIZON_OFFSET, epochNanos);
        // Last, so that a file that was never finished is none.
        header.putLong(RingFileDescriptor.MAGIC_OFFSET, RingFileDescriptor.MAGIC);
    }

    /** Whether an earlier process recorded into it. */
    public boolean isRestored() {
        return restored;
    }

    /** The start of numbering. */
    public long epochNanos() {
        return header.getLong(RingFileDescriptor.EPOCH_OFFSET);
    }

    int segmentBytes() {
        return segmentBytes;
    }

    int segmentCount() {
        return segmentCount;
    }

    /** The memory of a segment; it stays mapped as long as anybody holds on to it. */
    ByteBuffer map(int segment) throws IOException {
        long at = RingFileDescriptor.HEADER_BYTES + (long) segment * segmentBytes;
        return channel.map(FileChannel.MapMode.READ_WRITE, at, segmentBytes)
                .order(ByteOrder.BIG_ENDIAN);
    }

    long dataHorizonNanos() {
        return header.getLong(RingFileDescriptor.DATA_HORIZON_OFFSET);
    }

    long decidingHorizonNanos() {
        return header.getLong(RingFileDescriptor.DECIDING_HORIZON_OFFSET);
    }

    void putHorizons(long dataNanos, long decidingNanos) {
        header.putLong(RingFileDescriptor.DATA_HORIZON_OFFSET, dataNanos);
        header.putLong(RingFileDescriptor.DECIDING_HORIZON_OFFSET, decidingNanos);
    }

    /** The interfaces by index; the list ends where one is not readable. */
    public List<Interface> interfaces() {
        List<Interface> interfaces = new ArrayList<>();
        for (int i = 0; i < PacketRing.MAX_INTERFACES; i++) {
            int at = RingFileDescriptor.interfaceOffset(i);
            int length = header.getInt(at + RingFileDescriptor.NAME_LENGTH_OFFSET);
            if (length < 1 || length > RingFileDescriptor.MAX_NAME_BYTES) {
                break;
            }
            byte[] name = new byte[length];
            header.get(at + RingFileDescriptor.NAME_OFFSET, name);
            interfaces.add(
                    new Interface(
                            new String(name, StandardCharsets.UTF_8),
                            header.getInt(at + RingFileDescriptor.LINK_TYPE_OFFSET),
                            header.getInt(at + RingFileDescriptor.SNAP_LENGTH_OFFSET)));
        }
        return interfaces;
    }

    /** Remembers an interface of the recording; one whose name is too long is not found again. */
    public void putInterface(int index, Interface about) {
        byte[] name = about.name().getBytes(StandardCharsets.UTF_8);
        int at = RingFileDescriptor.interfaceOffset(index);
        boolean fits = name.length <= RingFileDescriptor.MAX_NAME_BYTES;
        header.putInt(at + RingFileDescriptor.NAME_LENGTH_OFFSET, 0);
        header.put(at + RingFileDescriptor.NAME_OFFSET, name, 0, fits ? name.length : 0);
        header.putInt(at + RingFileDescriptor.LINK_TYPE_OFFSET, about.linkType());
        header.putInt(at + RingFileDescriptor.SNAP_LENGTH_OFFSET, about.snapLength());
        header.putInt(at + RingFileDescriptor.NAME_LENGTH_OFFSET, fits ? name.length : 0);
    }

    /** The times between earlier processes, oldest first. */
    public List<RecordingGap> gaps() {
        List<RecordingGap> gaps = new ArrayList<>();
        int count = header.getInt(RingFileDescriptor.GAP_COUNT_OFFSET);
        for (int i = 0; i < Math.min(count, RingFileDescriptor.MAX_GAPS); i++) {
            int at = RingFileDescriptor.gapOffset(i);
            RecordingGap gap =
                    new RecordingGap(header.getLong(at), header.getLong(at + Long.BYTES));
            if (gap.fromNanos() < gap.toNanos()) {
                gaps.add(gap);
            }
        }
        return gaps;
    }

    /** Adds the newest gap; of too many the oldest is forgotten. */
    public void putGap(RecordingGap newest) {
        List<RecordingGap> gaps = new ArrayList<>(gaps());
        gaps.add(newest);
        while (gaps.size() > RingFileDescriptor.MAX_GAPS) {
            gaps.remove(0);
        }
        for (int i = 0; i < gaps.size(); i++) {
            int at = RingFileDescriptor.gapOffset(i);
            header.putLong(at, gaps.get(i).fromNanos());
            header.putLong(at + Long.BYTES, gaps.get(i).toNanos());
        }
        header.putInt(RingFileDescriptor.GAP_COUNT_OFFSET, gaps.size());
    }

    /** Lets another recorder have the file; segments stay mapped. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingIsLost) {
            // What was written is in the page cache already.
            return;
        }
    }
}
