package io.netverdict.hook.support;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * A response's body that tells of its first failure: many requests fail after the client has handed
 * over the response. Reads and throws what the stream below does.
 */
public class ReportingInputStream extends FilterInputStream {
    private final Consumer<IOException> onFailure;
    private boolean told;

    public ReportingInputStream(InputStream body, Consumer<IOException> onFailure) {
        super(body);
        this.onFailure = onFailure;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException failure) {
            throw tell(failure);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException failure) {
            throw tell(failure);
        }
    }

    private IOException tell(IOException failure) {
        if (!told) {
            told = true;
            onFailure.accept(failure);
        }
        return failure;
    }
}
