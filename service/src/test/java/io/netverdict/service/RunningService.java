package io.netverdict.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.storage.Retention;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A whole service on a free port: real server, real store, packets from the sample capture. */
public final class RunningService implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final NetverdictService service;

    public RunningService(Path directory, Duration settle) throws IOException {
        ServiceSettings settings =
                new ServiceSettings(
                        RecorderConfig.defaults(),
                        directory.resolve("data"),
                        Retention.DEFAULT,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        settle);
        FileRecorder recorder = new FileRecorder(SampleCapture.writeTo(directory));
        service = NetverdictService.start(settings, recorder);
    }

    public int port() {
        return service.address().getPort();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url(path)).build(), BodyHandlers.ofByteArray());
    }

    public HttpResponse<byte[]> post(String path, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(url(path))
                        .header("Content-Type", mediaType)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    public HttpResponse<byte[]> report(String query, String json)
            throws IOException, InterruptedException {
        return post("/api/v1/errors" + query, "application/json", json.getBytes());
    }

    public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofByteArray());
    }

    public static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return ContractJson.mapper().readTree(response.body());
    }

    @Override
    public void close() {
        service.close();
    }
}
