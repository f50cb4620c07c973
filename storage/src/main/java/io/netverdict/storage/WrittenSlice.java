package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.SliceInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A slice in memory.
 *
 * @param bytes the whole file; none without packets
 */
record WrittenSlice(byte[] bytes, long packets) {
    static final WrittenSlice NONE = new WrittenSlice(new byte[0], 0);

    /**
     * Has an incident's slice written.
     *
     * @throws StorageException when it cannot be
     */
    static WrittenSlice of(Incident incident, SliceSource source) {
        ByteArrayOutputStream slice = new ByteArrayOutputStream();
        try {
            long packets = source.writeTo(slice);
            return new WrittenSlice(slice.toByteArray(), packets);
        } catch (IOException failure) {
            throw new StorageException(
                    "the packets of incident " + incident.id() + " cannot be written", failure);
        }
    }

    SliceSource source() {
        return SliceSource.of(bytes, packets);
    }

    SliceInfo info() {
        return new SliceInfo(packets, bytes.length, SliceFiles.sha256(bytes));
    }
}
