package io.netverdict.service.lab;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP server that behaves as told. Threads: one that accepts, one for each connection. */
final class LabServer implements AutoCloseable {
    private final ServerSocket listener;
    private final TcpBehavior behavior;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    LabServer(ServerSocket listener, TcpBehavior behavior) {
        this.listener = listener;
        this.behavior = behavior;
        start("accept", this::accept);
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, "lab-" + name + "-" + listener.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                open.add(connection);
                start("serve", () -> serve(connection));
            } catch (IOException e) {
                // Closed, or one connection that came to nothing.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            behavior.serve(connection);
        } catch (IOException e) {
            // The client went away: its business.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            // Nothing is left to be closed then.
        }
    }
}
