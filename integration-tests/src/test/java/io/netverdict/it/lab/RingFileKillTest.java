package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.service.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real service is killed, and its successor finds what it had recorded. */
class RingFileKillTest {
    private static final int MAX_POLLS = 200;
    private static final long POLL_MILLIS = 50;

    @TempDir private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    private Process start(int port) throws IOException {
        Process service =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "serve",
                                "--interface",
                                "lo",
                                "--ring",
                                "64MiB",
                                "--ring-file",
                                directory.resolve("ring").toString(),
                                "--data",
                                directory.resolve("data").toString(),
                                "--listen",
                                "127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder told = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.contains("API on")) {
            told.append(line).append('\n');
            line = output.readLine();
        }
        assertTrue(line != null, told::toString);
        return service;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String get(int port, String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void beRefused(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            throw new IOException("somebody listens: " + socket);
        } catch (ConnectException expected) {
            return;
        }
    }

    /** Packets that the service says it has recorded. */
    private long recorded(int port) throws IOException, InterruptedException {
        String status = get(port, "/api/v1/status");
        String field = "\"packets\":";
        int at = status.indexOf(field) + field.length();
        return Long.parseLong(status.substring(at).trim().split("\\D", 2)[0]);
    }

    @Test
    void shouldFindAfterAKillWhatWasRecordedBefore() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "recording needs root");
        int port = freePort();
        int nobody = freePort();
        Process first = start(port);
        Instant occurred;
        try {
            long before = recorded(port);
            beRefused(nobody);
            occurred = Instant.now();
            // Each question is some packets itself; they come behind the refused connection's.
            for (int i = 0; i < MAX_POLLS && recorded(port) < before + 10; i++) {
                Thread.sleep(POLL_MILLIS);
            }
        } finally {
            first.destroyForcibly().waitFor();
        }
        Process second = start(port);
        try {
            String report =
                    "{\"message\":\"dial tcp 127.0.0.1:"
                            + nobody
                            + ": connect: connection refused\",\"occurredAt\":\""
                            + occurred
                            + "\"}";
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + port
                                                            + "/api/v1/errors?wait=10s"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(report))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(201, answer.statusCode(), answer::body);
            assertTrue(answer.body().contains("\"tcp.refused\""), answer::body);
        } finally {
            second.destroyForcibly().waitFor();
        }
    }
}
