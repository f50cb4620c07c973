package io.netverdict.service.api.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads a request's body as it comes, without a thread that waits for it: clients that send slowly
 * hold up nobody.
 */
public final class JsonBody implements ReadListener {
    private static final long MAX_SECONDS = 10;
    private static final int CHUNK_BYTES = 8 << 10;

    /** A client that is still sending when the answer comes may never see it. */
    private static final long MAX_DISCARDED_BYTES = 64 << 20;

    private final ServletInputStream in;
    private final int maxBytes;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private long total;

    private JsonBody(ServletInputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * Begins to read; the request is already asynchronous.
     *
     * @return one byte more than allowed where there are more, the rest being discarded;
     *     TimeoutException where it takes more than {@value #MAX_SECONDS} s
     */
    public static CompletableFuture<byte[]> read(HttpServletRequest request, int maxBytes)
            throws IOException {
        JsonBody body = new JsonBody(request.getInputStream(), maxBytes);
        body.whole.orTimeout(MAX_SECONDS, TimeUnit.SECONDS);
        body.in.setReadListener(body);
        return body.whole;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        while (!whole.isDone() && in.isReady() && !in.isFinished()) {
            int count = in.read(chunk);
            if (count < 0) {
                return;
            }
            read.write(chunk, 0, Math.min(count, maxBytes + 1 - read.size()));
            total += count;
            if (total > MAX_DISCARDED_BYTES) {
                whole.complete(read.toByteArray());
            }
        }
    }

    @Override
    public void onAllDataRead() {
        whole.complete(read.toByteArray());
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }
}
