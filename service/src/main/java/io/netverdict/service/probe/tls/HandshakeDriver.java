package io.netverdict.service.probe.tls;

import io.netverdict.service.probe.wire.ProbeConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** Takes a handshake over a connection from ClientHello to the end. For one thread. */
final class HandshakeDriver {
    private final SSLEngine engine;
    private final ProbeConnection connection;
    private final ByteBuffer outbound;
    private ByteBuffer inbound;
    private final ByteBuffer application;

    HandshakeDriver(SSLEngine engine, ProbeConnection connection) {
        this.engine = engine;
        this.connection = connection;
        int packet = engine.getSession().getPacketBufferSize();
        this.outbound = ByteBuffer.allocate(packet);
        this.inbound = ByteBuffer.allocate(packet).flip();
        this.application = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /**
     * Shakes hands.
     *
     * @throws javax.net.ssl.SSLException where either side refuses
     * @throws IOException where the connection ends or the time is out
     */
    void run() throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status =
                    switch (status) {
                        case NEED_WRAP -> wrap();
                        case NEED_TASK -> runTasks();
                        default -> unwrap();
                    };
        }
    }

    /** Says goodbye, as far as the other side still listens. */
    void close() throws IOException {
        engine.closeOutbound();
        wrap();
    }

    /** Sends what the engine still has to say, an alert for example. */
    void flush() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap();
        }
    }

    private HandshakeStatus wrap() throws IOException {
        outbound.clear();
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), outbound);
        connection.write(outbound.flip());
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && outbound.limit() == 0) {
            return HandshakeStatus.NOT_HANDSHAKING;
        }
        return result.getHandshakeStatus();
    }

    private HandshakeStatus runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
        return engine.getHandshakeStatus();
    }

    private HandshakeStatus unwrap() throws IOException {
        application.clear();
        SSLEngineResult result = engine.unwrap(inbound, application);
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> fill();
            case CLOSED -> throw new EOFException("the server closed in the handshake");
            case BUFFER_OVERFLOW -> throw new IOException("a record too large");
            default -> {
                // Consumed: on to what the engine wants next.
            }
        }
        return result.getHandshakeStatus();
    }

    private void fill() throws IOException {
        if (inbound.remaining() == inbound.capacity()) {
            inbound = ByteBuffer.allocate(2 * inbound.capacity()).put(inbound).flip();
        }
        inbound.compact();
        int count = connection.read(inbound);
        inbound.flip();
        if (count < 0) {
            throw new EOFException("the server closed in the handshake");
        }
    }
}
