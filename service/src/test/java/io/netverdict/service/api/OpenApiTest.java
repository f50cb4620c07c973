package io.netverdict.service.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.RunningService;
import io.netverdict.service.SampleCapture;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The description, held against what every call really answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final String INCIDENTS = "/api/v1/incidents";
    private static final String REPORT =
            "{\"message\":\"%s\",\"url\":\""
                    + SampleCapture.URL
                    + "\",\"occurredAt\":\""
                    + SampleCapture.ERROR_AT
                    + "\",\"attributes\":{\"device\":\"d7\"}}";

    @TempDir private static Path directory;
    private RunningService service;
    private JsonNode description;
    private String id;

    @BeforeAll
    void start() throws Exception {
        service = new RunningService(directory, Duration.ofMillis(60));
        description = RunningService.json(service.get("/api/v1/openapi.json"));
        id =
                RunningService.json(service.report("?wait=20s", REPORT.formatted("one")))
                        .path("id")
                        .asText();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private JsonNode operation(String method, String path) {
        JsonNode operation = description.path("paths").path(path).path(method);
        assertTrue(operation.isObject(), method + " " + path + " is not described");
        return operation;
    }

    /** The schema of what a call answers, references resolved in the description. */
    private JsonSchema schema(JsonNode schema) {
        ObjectNode root = ((ObjectNode) schema).deepCopy();
        root.set("components", description.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }

    private void assertAsDescribed(String method, String path, HttpResponse<byte[]> answer)
            throws Exception {
        String what = method + " " + path + " " + answer.statusCode();
        JsonNode responses = operation(method, path).path("responses");
        JsonNode response = responses.path(String.valueOf(answer.statusCode()));
        if (response.isMissingNode()) {
            assertTrue(answer.statusCode() >= 400, what + " is not described");
            response = responses.path("default");
        }
        if (!response.has("content")) {
            assertEquals(0, answer.body().length, what);
            return;
        }
        String mediaType = answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0];
        JsonNode content = response.path("content").path(mediaType);
        assertTrue(content.isObject(), what + " answered " + mediaType);
        if (mediaType.endsWith("json")) {
            Set<ValidationMessage> faults =
                    schema(content.path("schema")).validate(RunningService.json(answer));
            assertEquals(Set.of(), faults, what);
        }
        for (String header : names(response.path("headers"))) {
            assertTrue(answer.headers().firstValue(header).isPresent(), what + " has no " + header);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.url(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return service.send(request.build());
    }

    @Test
    void shouldBeWhatEveryCallAnswers() throws Exception {
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put(INCIDENTS, INCIDENTS + "?limit=1");
        calls.put(INCIDENTS + "/summary", INCIDENTS + "/summary?steps=10");
        for (String part : List.of("", "/packets", "/slice.pcapng", "/bundle.zip")) {
            calls.put(INCIDENTS + "/{id}" + part, INCIDENTS + "/" + id + part);
        }
        for (String path :
                List.of(
                        "/api/v1/causes",
                        "/api/v1/status",
                        "/api/v1/health",
                        "/api/v1/health/live",
                        "/metrics",
                        "/api/v1/openapi.json")) {
            calls.put(path, path);
        }
        assertAsDescribed("get", INCIDENTS, get(INCIDENTS + "?brief=true"));
        for (Map.Entry<String, String> call : calls.entrySet()) {
            HttpResponse<byte[]> answer = get(call.getValue());
            assertTrue(answer.statusCode() < 300, call + " " + answer.statusCode());
            assertAsDescribed("get", call.getKey(), answer);
            assertAsDescribed("get", call.getKey(), get(call.getValue(), "Accept", "image/png"));
        }
        try (EventListener listener = new EventListener(service.url("/api/v1/events"), "0")) {
            JsonNode content = operation("get", "/api/v1/events").at("/responses/200/content");
            assertEquals(
                    listener.response().headers().firstValue("Content-Type").orElseThrow(),
                    content.fieldNames().next());
        }
        Set<String> called = new HashSet<>(calls.keySet());
        called.addAll(Set.of("/api/v1/errors", "/api/v1/events"));
        assertEquals(called, names(description.path("paths")), "a call without a test");
    }

    @Test
    void shouldBeWhatReportsAreAnsweredWith() throws Exception {
        String path = "/api/v1/errors";
        String keyed = REPORT.formatted("two").replace("{\"m", "{\"key\":\"k\",\"m");
        Map<Integer, HttpResponse<byte[]>> answers =
                Map.of(
                        201, service.report("?wait=20s", keyed),
                        200, service.report("?wait=20s", keyed),
                        202, service.report("", REPORT.formatted("three")),
                        400, service.report("", "{\"message\":\"m\",\"occurredAt\":\"noon\"}"),
                        415, service.post(path, "text/plain", new byte[] {'m'}),
                        413, service.report("", "x".repeat(2 << 20)));
        for (Map.Entry<Integer, HttpResponse<byte[]>> answer : answers.entrySet()) {
            if (!keyed.isEmpty() && answer.getKey() / 100 == 2 && answer.getKey() != 202) {
                assertTrue(Set.of(200, 201).contains(answer.getValue().statusCode()));
            } else {
                assertEquals(answer.getKey(), answer.getValue().statusCode());
            }
            assertAsDescribed("post", path, answer.getValue());
        }
        JsonNode sent = ContractJson.mapper().readTree(keyed);
        JsonNode body = operation("post", path).at("/requestBody/content/application~1json/schema");
        assertEquals(Set.of(), schema(body).validate(sent));
        assertFalse(schema(body).validate(ContractJson.mapper().readTree("{}")).isEmpty());
    }

    @Test
    void shouldBeWhatIsRefused() throws Exception {
        assertAsDescribed("get", INCIDENTS, get(INCIDENTS + "?limit=0"));
        assertAsDescribed("get", INCIDENTS + "/{id}", get(INCIDENTS + "/none"));
        assertAsDescribed(
                "get", INCIDENTS + "/{id}/slice.pcapng", get(INCIDENTS + "/none/slice.pcapng"));
        assertAsDescribed(
                "get", INCIDENTS + "/{id}/bundle.zip", get(INCIDENTS + "/none/bundle.zip"));
        assertAsDescribed("get", "/api/v1/events", get("/api/v1/events?after=x"));
        HttpRequest delete =
                HttpRequest.newBuilder(service.url("/api/v1/status"))
                        .method("DELETE", BodyPublishers.noBody())
                        .build();
        assertAsDescribed("get", "/api/v1/status", service.send(delete));
    }

    @Test
    void shouldBeAValidDescription() {
        assertEquals("3.1.0", description.path("openapi").asText());
        Set<String> ids = new HashSet<>();
        for (JsonNode path : description.path("paths")) {
            for (JsonNode operation : path) {
                assertTrue(ids.add(operation.path("operationId").asText()), operation.toString());
                assertFalse(operation.path("summary").asText().isEmpty());
                operation
                        .path("responses")
                        .forEach(each -> assertFalse(each.path("description").asText().isEmpty()));
            }
        }
        for (JsonNode reference : description.findValues("$ref")) {
            String pointer = reference.asText().substring(1);
            assertFalse(description.at(pointer).isMissingNode(), reference.asText());
        }
        JsonNode incident = description.at("/components/schemas/Incident");
        Set<String> required = new TreeSet<>();
        incident.path("required").forEach(name -> required.add(name.asText()));
        assertEquals(
                Set.of("context", "error", "flows", "id", "operations", "receivedAt", "status"),
                required);
        assertNotNull(description.at("/components/schemas/Blame/enum/0").textValue());
    }
}
