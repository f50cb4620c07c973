package io.netverdict.capture.file;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a file from its beginning, as a stream. */
final class CaptureInputStream extends InputStream {
    private final CaptureBytes bytes;
    private long at;

    CaptureInputStream(CaptureBytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        return at < bytes.size() ? bytes.get(at++) & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (at >= bytes.size()) {
            return -1;
        }
        ByteBuffer chunk = bytes.chunkOf(at);
        int index = CaptureBytes.indexOf(at);
        int count = Math.min(length, chunk.limit() - index);
        chunk.get(index, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, bytes.size() - at);
    }
}
