package io.netverdict.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;

/**
 * A file to which incidents are appended and forced before the database has them: one short write
 * instead of a transaction. Thread-safe; appenders that come at once share one forced write.
 *
 * <pre>
 *   entry:   0  length of the rest behind the checksum (int)
 *            4  CRC-32 of that (int)
 *            8  packets in the slice (long)
 *           16  length of the incident's JSON (int), the JSON, the slice's bytes
 * </pre>
 *
 * Big-endian. What a crash cut off at the end was never acknowledged and is ignored.
 */
final class Journal implements AutoCloseable {
    private static final int FRAME_BYTES = 2 * Integer.BYTES;
    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

    /** By {@link RandomAccessFile}: unlike a channel, it survives an interrupted thread. */
    private final RandomAccessFile file;

    private final ReentrantLock forceLock = new ReentrantLock();
    private long written;

    /** Entries on the disk for sure; guarded by the lock above. */
    private long forced;

    /**
     * An incident with its packets.
     *
     * @param packets in the slice
     * @param slice a pcapng file, empty for none
     */
    record Entry(Incident incident, long packets, byte[] slice) {}

    Journal(File path) throws IOException {
        file = new RandomAccessFile(path, "rw");
    }

    /** What is in the file, in the order in which it was appended. */
    synchronized List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        byte[] content = new byte[Math.toIntExact(file.length())];
        file.seek(0);
        file.readFully(content);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.remaining() >= FRAME_BYTES) {
            int length = bytes.getInt();
            int checksum = bytes.getInt();
            if (length < HEAD_BYTES || length > bytes.remaining()) {
                break;
            }
            ByteBuffer body = bytes.slice(bytes.position(), length);
            bytes.position(bytes.position() + length);
            if (checksum(body.duplicate()) != checksum) {
                break;
            }
            entries.add(entry(body));
        }
        return entries;
    }

    private static Entry entry(ByteBuffer body) throws IOException {
        long packets = body.getLong();
        byte[] json = new byte[body.getInt()];
        body.get(json);
        byte[] slice = new byte[body.remaining()];
        body.get(slice);
        return new Entry(ContractJson.mapper().readValue(json, Incident.class), packets, slice);
    }

    /** Returns when the entry is on the disk. */
    void append(Entry entry) throws IOException {
        byte[] frame = frame(entry);
        long mine;
        synchronized (this) {
            file.seek(file.length());
            file.write(frame);
            mine = ++written;
        }
        forceLock.lock();
        try {
            if (forced < mine) {
                long covered;
                synchronized (this) {
                    covered = written;
                }
                file.getFD().sync();
                forced = covered;
            }
        } finally {
            forceLock.unlock();
        }
    }

    private static byte[] frame(Entry entry) {
        try {
            byte[] json = ContractJson.mapper().writeValueAsBytes(entry.incident());
            int length = HEAD_BYTES + json.length + entry.slice().length;
            ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES + length);
            frame.position(FRAME_BYTES);
            frame.putLong(entry.packets()).putInt(json.length).put(json).put(entry.slice());
            int checksum = checksum(frame.slice(FRAME_BYTES, length));
            frame.putInt(0, length).putInt(Integer.BYTES, checksum);
            return frame.array();
        } catch (JsonProcessingException failure) {
            throw new StorageException(
                    "incident " + entry.incident().id() + " cannot be written as JSON", failure);
        }
    }

    private static int checksum(ByteBuffer body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return (int) checksum.getValue();
    }

    /** Size of the file. */
    synchronized long bytes() throws IOException {
        return file.length();
    }

    /** Forgets all entries: the database has them. */
    synchronized void clear() throws IOException {
        file.setLength(0);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
