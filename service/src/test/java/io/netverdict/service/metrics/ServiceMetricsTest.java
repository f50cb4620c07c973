package io.netverdict.service.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.RunningService;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scrapes, read by the Prometheus project's own parsers. */
class ServiceMetricsTest {
    private static final String PARSER =
            """
            import json, sys
            from prometheus_client.%s import text_string_to_metric_families as parse
            families = parse(sys.stdin.read())
            print(json.dumps([{"name": f.name, "type": f.type, "help": f.documentation,
                "samples": [{"name": s.name, "labels": s.labels, "value": s.value}
                            for s in f.samples]} for f in families]))
            """;

    @TempDir private Path directory;

    private static JsonNode parse(String module, byte[] text) throws Exception {
        Process python =
                new ProcessBuilder(List.of("/usr/bin/python3", "-c", PARSER.formatted(module)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (OutputStream in = python.getOutputStream()) {
            in.write(text);
        }
        byte[] out = python.getInputStream().readAllBytes();
        assertEquals(0, python.waitFor(), "refused by the parser: " + new String(text));
        return ContractJson.mapper().readTree(out);
    }

    private static boolean hasParser() {
        try {
            return new ProcessBuilder("/usr/bin/python3", "-c", "import prometheus_client.parser")
                            .start()
                            .waitFor()
                    == 0;
        } catch (java.io.IOException | InterruptedException e) {
            return false;
        }
    }

    private static JsonNode sample(JsonNode families, String name, String labels) throws Exception {
        JsonNode wanted = ContractJson.mapper().readTree(labels.replace('\'', '"'));
        for (JsonNode family : families) {
            for (JsonNode sample : family.path("samples")) {
                if (sample.path("name").asText().equals(name)
                        && sample.path("labels").equals(wanted)) {
                    return sample.path("value");
                }
            }
        }
        throw new AssertionError("no " + name + labels + " in " + families);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, parser",
        "application/openmetrics-text;version=1.0.0, openmetrics.parser"
    })
    void shouldServeFiguresThatPrometheusReads(String accept, String module) throws Exception {
        assumeTrue(hasParser(), "python3-prometheus-client is not installed");
        try (RunningService service = new RunningService(directory, Duration.ofMillis(60))) {
            service.report("?wait=20s", "{\"message\":\"GET https://192.0.2.80:8443/ failed\"}");
            HttpResponse<byte[]> answer =
                    service.send(
                            HttpRequest.newBuilder(service.url("/metrics"))
                                    .header("Accept", accept)
                                    .build());

            JsonNode families = parse(module, answer.body());

            assertTrue(
                    answer.headers()
                            .firstValue("Content-Type")
                            .orElseThrow()
                            .startsWith(accept.split(";")[0]));
            String lo = "{'interface':'eth\\\"0'}";
            assertEquals(4, sample(families, "netverdict_packets_total", lo).asInt());
            assertEquals(160, sample(families, "netverdict_bytes_total", lo).asInt());
            String name = "netverdict_dropped_packets_total";
            String place = "{'interface':'eth\\\"0','place':'%s'}";
            assertEquals(1, sample(families, name, place.formatted("kernel")).asInt());
            assertEquals(2, sample(families, name, place.formatted("interface")).asInt());
            assertEquals(3, sample(families, name, place.formatted("ring")).asInt());
            assertEquals(2.5, sample(families, "netverdict_ring_reach_seconds", lo).asDouble());
            assertEquals(
                    1,
                    sample(
                                    families,
                                    "netverdict_incidents_total",
                                    "{'cause':'capture.insufficient','blame':'unknown'}")
                            .asInt());
            String seconds = "netverdict_verdict_seconds";
            assertEquals(1, sample(families, seconds + "_bucket", "{'le':'+Inf'}").asInt());
            assertEquals(1, sample(families, seconds + "_count", "{}").asInt());
            assertEquals(1, sample(families, "netverdict_healthy", "{'part':'store'}").asInt());
            assertEquals(0, sample(families, "netverdict_store_failures_total", "{}").asInt());
            assertEquals(0, sample(families, "netverdict_event_listeners", "{}").asInt());
            assertTrue(sample(families, "jvm_memory_used_bytes", "{'area':'heap'}").asLong() > 0);
        }
    }

    /** As https://prometheus.io/docs/practices/naming/ asks. */
    @Test
    void shouldNameFiguresByPrometheusConventions() throws Exception {
        assumeTrue(hasParser(), "python3-prometheus-client is not installed");
        try (RunningService service = new RunningService(directory, Duration.ofMillis(60))) {
            byte[] text = service.get("/metrics").body();

            Set<String> names = new TreeSet<>();
            for (JsonNode family : parse("parser", text)) {
                String name = family.path("name").asText();
                assertTrue(names.add(name), name + " comes twice");
                assertTrue(family.path("help").asText().length() > 10, name);
                assertTrue(name.matches("(netverdict|jvm|process)_[a-z]+(_[a-z]+)*"), name);
                assertTrue(!name.matches(".*(milli|micro|nano|kilo|mega|ms|mb|kb)$"), name);
            }
            String all = new String(text, StandardCharsets.UTF_8);
            for (String line : all.lines().filter(each -> each.endsWith(" counter")).toList()) {
                assertTrue(line.split(" ")[2].endsWith("_total"), line);
            }
        }
    }
}
