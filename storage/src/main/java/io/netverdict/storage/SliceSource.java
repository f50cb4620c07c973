package io.netverdict.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an incident's packets as a pcapng file. */
@FunctionalInterface
public interface SliceSource {
    /** No packets: no file is kept. */
    SliceSource NONE = out -> 0;

    /**
     * Writes the whole file, once, on the calling thread. Writing no byte means that there is no
     * slice.
     *
     * @param out buffered; closing it is allowed and not needed
     * @return the number of packets written
     * @throws IOException from {@code out}, or from reading the packets
     */
    long writeTo(OutputStream out) throws IOException;

    /** One that is written already. */
    static SliceSource of(byte[] slice, long packets) {
        return out -> {
            out.write(slice);
            return packets;
        };
    }
}
