package io.netverdict.service.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.RunningService;
import io.netverdict.service.SampleCapture;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {
    private static final String INCIDENTS = "/api/v1/incidents";

    @TempDir private static Path directory;
    private static RunningService service;
    private static JsonNode first;
    private static JsonNode second;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(directory, Duration.ofMillis(60));
        first = report("GET one");
        second = report("GET two");
    }

    private static JsonNode report(String message) throws Exception {
        String json =
                ContractJson.mapper()
                        .writeValueAsString(
                                Map.of(
                                        "message",
                                        message,
                                        "url",
                                        SampleCapture.URL,
                                        "occurredAt",
                                        SampleCapture.ERROR_AT.toString()));
        return RunningService.json(service.report("?wait=20s", json));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void shouldListIncidentsNewestFirst() throws Exception {
        JsonNode page = RunningService.json(service.get(INCIDENTS));

        assertEquals(second, page.path("incidents").path(0));
        assertEquals(first, page.path("incidents").path(1));
        assertTrue(page.path("nextCursor").isMissingNode());
    }

    @Test
    void shouldPageThroughIncidents() throws Exception {
        JsonNode page = RunningService.json(service.get(INCIDENTS + "?limit=1"));
        String cursor = page.path("nextCursor").asText();

        JsonNode next = RunningService.json(service.get(INCIDENTS + "?limit=1&cursor=" + cursor));

        assertEquals(second.path("id"), page.path("incidents").path(0).path("id"));
        assertEquals(first.path("id"), next.path("incidents").path(0).path("id"));
    }

    @ParameterizedTest
    @CsvSource({
        "host=192.0.2.80, 2",
        "host=198.51.100.1, 0",
        "q=get%20one, 1",
        "until=2020-01-01T00:00:00Z, 0",
        "since=2020-01-01T00:00:00Z, 2",
        "cause=http.redirect-loop, 0",
        "blame=proxy, 0"
    })
    void shouldFilterIncidents(String filter, int count) throws Exception {
        JsonNode page = RunningService.json(service.get(INCIDENTS + "?" + filter));

        assertEquals(count, page.path("incidents").size());
    }

    @ParameterizedTest
    @CsvSource({
        "cause=tcp.bored, cause",
        "blame=moon, blame",
        "since=noon, since",
        "until=1, until",
        "limit=0, limit",
        "limit=501, limit",
        "limit=many, limit",
        "cursor=nonsense, cursor"
    })
    void shouldNameTheFilterThatCannotBeUnderstood(String filter, String field) throws Exception {
        HttpResponse<byte[]> response = service.get(INCIDENTS + "?" + filter);

        assertEquals(400, response.statusCode());
        JsonNode problem = RunningService.json(response);
        assertEquals(field, problem.path("field").asText());
        assertEquals(field, problem.at("/errors/0/parameter").asText());
    }

    @Test
    void shouldServeTheSliceItPromises() throws Exception {
        JsonNode slice = first.path("slice");
        HttpResponse<byte[]> response =
                service.get(INCIDENTS + "/" + first.path("id").asText() + "/slice.pcapng");

        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(response.body());
        assertEquals(200, response.statusCode());
        assertEquals(4, slice.path("packets").asInt());
        assertEquals(slice.path("bytes").asInt(), response.body().length);
        assertEquals(slice.path("sha256").asText(), HexFormat.of().formatHex(sha256));
    }

    @Test
    void shouldBundleIncidentSliceContextAndReport() throws Exception {
        String path = INCIDENTS + "/" + first.path("id").asText();
        Map<String, byte[]> files = unzip(service.get(path + "/bundle.zip").body());

        assertEquals(first, ContractJson.mapper().readTree(files.get("incident.json")));
        assertEquals(
                first.path("context"), ContractJson.mapper().readTree(files.get("context.json")));
        String report = new String(files.get("report.txt"), StandardCharsets.UTF_8);
        assertTrue(report.contains(first.path("verdict").path("cause").asText()), report);
        assertArrayEquals(service.get(path + "/slice.pcapng").body(), files.get("slice.pcapng"));
        JsonNode status = ContractJson.mapper().readTree(files.get("status.json"));
        assertEquals("recording", status.path("status").asText());
        assertEquals(4, status.path("recorder").path("packets").asInt());
        assertEquals(1, first.path("context").path("recorder").path("droppedByKernel").asInt());
        String readme = new String(files.get("README.txt"), StandardCharsets.UTF_8);
        files.keySet()
                .forEach(
                        name ->
                                assertTrue(
                                        name.startsWith("README") || readme.contains(name), name));
    }

    @Test
    void shouldBundleAReportThatShowsTheSamePacketsAsThePage() throws Exception {
        String path = INCIDENTS + "/" + first.path("id").asText();
        String html =
                new String(
                        unzip(service.get(path + "/bundle.zip").body()).get("report.html"),
                        StandardCharsets.UTF_8);
        String begin = "id=\"report-data\">";
        int from = html.indexOf(begin) + begin.length();

        JsonNode data =
                ContractJson.mapper()
                        .readTree(html.substring(from, html.indexOf("</script>", from)));
        JsonNode only = data.path("incidents").path(0);
        assertEquals(1, data.path("incidents").size());
        assertEquals(first, only.path("incident"));
        assertEquals(RunningService.json(service.get(path + "/packets")), only.path("packets"));
        assertTrue(data.path("causes").has(first.path("verdict").path("cause").asText()));
    }

    @Test
    void shouldBundleWhatIsNotDecidedAndHasNoPackets(@TempDir Path own) throws Exception {
        try (RunningService slow = new RunningService(own, Duration.ofHours(1))) {
            String location =
                    slow.report("", "{\"message\":\"nothing of this is recorded\"}")
                            .headers()
                            .firstValue("Location")
                            .orElseThrow();

            Map<String, byte[]> files = unzip(slow.get(location + "/bundle.zip").body());

            assertFalse(files.containsKey("slice.pcapng"));
            assertTrue(
                    new String(files.get("README.txt"), StandardCharsets.UTF_8)
                            .contains("No packets are kept"));
            assertEquals(
                    "collecting",
                    ContractJson.mapper()
                            .readTree(files.get("incident.json"))
                            .path("status")
                            .asText());
            assertTrue(files.get("report.html").length > 10_000);
        }
    }

    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                INCIDENTS + "/none",
                INCIDENTS + "/none/slice.pcapng",
                INCIDENTS + "/none/bundle.zip",
                INCIDENTS + "/..%2F..%2Fetc%2Fpasswd/slice.pcapng",
                "/nowhere"
            })
    void shouldAnswerWithAProblemWhereThereIsNothing(String path) throws Exception {
        HttpResponse<byte[]> response = service.get(path);

        assertTrue(
                response.statusCode() == 404 || response.statusCode() == 400,
                "status " + response.statusCode());
        assertTrue(
                response.headers()
                        .firstValue("Content-Type")
                        .orElseThrow()
                        .equals("application/problem+json"));
    }

    @Test
    void shouldNameTheMethodsThereAre() throws Exception {
        HttpResponse<byte[]> response =
                service.send(
                        HttpRequest.newBuilder(service.url("/api/v1/errors")).DELETE().build());

        assertEquals(405, response.statusCode());
        assertEquals("POST", response.headers().firstValue("Allow").orElseThrow());
        assertEquals(405, RunningService.json(response).path("status").asInt());
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, , 403",
        "evil.example:8321, , 403",
        "1.2.3.4, , 403",
        "localhost, , 200",
        "127.0.0.1:PORT, , 200",
        "127.0.0.1:PORT, http://127.0.0.1:PORT, 200",
        "127.0.0.1:PORT, http://evil.example, 403",
        "127.0.0.1:PORT, null, 403"
    })
    void shouldServeOnlyItsOwnHostAndPages(String host, String origin, int status)
            throws Exception {
        String port = String.valueOf(service.port());
        String request =
                "GET /api/v1/status HTTP/1.1\r\nConnection: close\r\nHost: "
                        + host.replace("PORT", port)
                        + "\r\n"
                        + (origin == null ? "" : "Origin: " + origin.replace("PORT", port) + "\r\n")
                        + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", service.port());
                BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertTrue(reader.readLine().startsWith("HTTP/1.1 " + status));
        }
    }

    @Test
    void shouldTellStatusAndFigures() throws Exception {
        JsonNode status = RunningService.json(service.get("/api/v1/status"));

        assertEquals("recording", status.path("status").asText());
        assertEquals(4, status.path("recorder").path("packets").asInt());
        assertEquals(2, status.path("storage").path("incidents").asInt());
    }

    @Test
    void shouldTellThatAllIsWell() throws Exception {
        HttpResponse<byte[]> response = service.get("/api/v1/health");

        JsonNode health = RunningService.json(response);
        assertEquals(200, response.statusCode(), health.toString());
        assertEquals("ok", health.path("status").asText());
        assertEquals(4, health.path("checks").size());
        assertEquals(204, service.get("/api/v1/health/live").statusCode());
    }

    @Test
    void shouldLetClientsKeepWhatDoesNotChange() throws Exception {
        String path = INCIDENTS + "/" + first.path("id").asText();
        for (String each : new String[] {path, path + "/slice.pcapng", "/api/v1/openapi.json"}) {
            String tag = service.get(each).headers().firstValue("ETag").orElseThrow();

            HttpResponse<byte[]> again = get(each, "If-None-Match", "\"x\", W/" + tag);

            assertEquals(304, again.statusCode(), each);
            assertEquals(0, again.body().length);
            assertEquals(200, get(each, "If-None-Match", "\"x\"").statusCode());
        }
    }

    @Test
    void shouldServePartsOfASlice() throws Exception {
        String path = INCIDENTS + "/" + first.path("id").asText() + "/slice.pcapng";
        byte[] whole = service.get(path).body();

        HttpResponse<byte[]> part = get(path, "Range", "bytes=4-11");

        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(whole, 4, 12), part.body());
        assertEquals(
                "bytes 4-11/" + whole.length,
                part.headers().firstValue("Content-Range").orElseThrow());
        assertArrayEquals(
                Arrays.copyOfRange(whole, whole.length - 5, whole.length),
                get(path, "Range", "bytes=-5").body());
        assertArrayEquals(whole, get(path, "Range", "bytes=0-1,4-5").body());
        assertEquals(416, get(path, "Range", "bytes=999999999-").statusCode());
    }

    @Test
    void shouldAnswerHeadAsGetWithoutTheBody() throws Exception {
        String path = INCIDENTS + "/" + first.path("id").asText();
        HttpRequest head =
                HttpRequest.newBuilder(service.url(path))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build();

        HttpResponse<byte[]> response = service.send(head);

        assertEquals(200, response.statusCode());
        assertEquals(0, response.body().length);
        assertEquals(
                service.get(path).headers().firstValue("ETag"),
                response.headers().firstValue("ETag"));
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return service.send(HttpRequest.newBuilder(service.url(path)).headers(headers).build());
    }

    @Test
    void shouldRefuseMediaTypesThatThereAreNot() throws Exception {
        HttpResponse<byte[]> response = get(INCIDENTS, "Accept", "text/html, application/xml;q=0");

        assertEquals(406, response.statusCode());
        assertEquals(406, RunningService.json(response).path("status").asInt());
        assertEquals(200, get(INCIDENTS, "Accept", "text/html, */*;q=0.1").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/incidents/%2e%2e/x HTTP/1.1",
                "GET /api/v1/incidents/..%2F..%2Fetc%2Fpasswd HTTP/1.1",
                "GET /api/v1/incidents/%zz HTTP/1.1",
                "GET //evil.example/x HTTP/1.1",
                "BREW /api/v1/errors HTTP/1.1",
                "GET /api/v1/incidents HTTP/9.9",
                "G\u0000T / HTTP/1.1",
                "nonsense"
            })
    void shouldRefuseStrangeRequestsWithAProblem(String line) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes());
            String answer = new String(socket.getInputStream().readAllBytes());

            assertTrue(answer.matches("(?s)HTTP/1.1 (4|5)\\d\\d .*"), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            assertTrue(answer.matches("(?s).*\\{\"type\":\"about:blank\".*}\\s*"), answer);
        }
    }

    @Test
    void shouldServeAPageThatSaysWhatThisIs() throws Exception {
        HttpResponse<byte[]> response = service.get("/");

        assertEquals(200, response.statusCode());
        assertTrue(new String(response.body(), StandardCharsets.UTF_8).contains("Netverdict"));
    }
}
