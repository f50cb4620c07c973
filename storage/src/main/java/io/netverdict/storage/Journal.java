package io.netverdict.storage;

import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A file to which incidents are appended and forced before the database has them: one short write
 * instead of a transaction. Thread-safe.
 *
 * <pre>
 *   entry:   0  length of the rest behind the checksum (int)
 *            4  CRC-32 of that (int)
 *            8  run (long)
 *           16  packets in the slice (long)
 *           24  length of the incident's JSON (int), the JSON, the slice's bytes
 * </pre>
 *
 * Big-endian. The file is written over from its beginning after it has been cleared, so that its
 * size and its blocks stay and forcing a write costs no more than the write: entries of another run
 * than the first are what was there before. What a crash cut off at the end was never acknowledged
 * and is ignored.
 */
final class Journal implements AutoCloseable {
    private static final int FRAME_BYTES = 2 * Integer.BYTES;
    private static final int HEAD_BYTES = 2 * Long.BYTES + Integer.BYTES;

    /** It grows by so much, and is cut back to that. */
    private static final int ROOM_BYTES = 1 << 20;

    /** On the disk when a write returns, without the file's times. */
    private static final String SYNCHRONOUS = "rwd";

    /** By {@link RandomAccessFile}: unlike a channel, it survives an interrupted thread. */
    private final RandomAccessFile file;

    private final Random random = new Random();
    private long run = random.nextLong();
    private long end;

    /**
     * An incident with its packets.
     *
     * @param json the incident's, made once for all who keep or answer it
     * @param packets in the slice
     * @param slice a pcapng file, empty for none
     */
    record Entry(Incident incident, byte[] json, long packets, byte[] slice) {
        static Entry of(Incident incident, long packets, byte[] slice) {
            return new Entry(incident, IncidentDocument.write(incident), packets, slice);
        }
    }

    Journal(File path) throws IOException {
        file = new RandomAccessFile(path, SYNCHRONOUS);
        // Its name, too.
        file.getFD().sync();
    }

    /** What is in the file, in the order in which it was appended. */
    synchronized List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        byte[] content = new byte[Math.toIntExact(file.length())];
        file.seek(0);
        file.readFully(content);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        Long first = null;
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
            long of = body.getLong();
            first = first == null ? Long.valueOf(of) : first;
            if (first != of) {
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
        Incident incident = ContractJson.mapper().readValue(json, Incident.class);
        return new Entry(incident, json, packets, slice);
    }

    /** Returns when the entries are on the disk; where that fails, none of them counts. */
    synchronized void append(List<Entry> entries) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            frames.writeBytes(frame(entry));
        }
        while (end + frames.size() > file.length()) {
            grow();
        }
        file.seek(end);
        file.write(frames.toByteArray());
        end += frames.size();
    }

    /** Writes zeros, so that the blocks are there. */
    private void grow() throws IOException {
        file.seek(file.length());
        file.write(new byte[ROOM_BYTES]);
    }

    private byte[] frame(Entry entry) {
        byte[] json = entry.json();
        int length = HEAD_BYTES + json.length + entry.slice().length;
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES + length);
        frame.position(FRAME_BYTES);
        frame.putLong(run).putLong(entry.packets()).putInt(json.length);
        frame.put(json).put(entry.slice());
        int checksum = checksum(frame.slice(FRAME_BYTES, length));
        frame.putInt(0, length).putInt(Integer.BYTES, checksum);
        return frame.array();
    }

    private static int checksum(ByteBuffer body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return (int) checksum.getValue();
    }

    /** What its entries take. */
    synchronized long bytes() {
        return end;
    }

    /** Forgets all entries: the database has them. */
    synchronized void clear() throws IOException {
        if (file.length() > ROOM_BYTES) {
            file.setLength(ROOM_BYTES);
        }
        file.seek(0);
        file.write(new byte[FRAME_BYTES]);
        run = random.nextLong();
        end = 0;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
