package io.netverdict.hook.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.StandInService;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenTelemetryTracesTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final Tracer tracer = TELEMETRY.getOpenTelemetry().getTracer("test");

    private static NetverdictReporter reporter(StandInService service, Duration waitForHint) {
        return NetverdictReporter.builder()
                .serviceUrl(service.url())
                .waitForHint(waitForHint)
                .build();
    }

    private static void reportWithin(Span span, NetverdictReporter reporter) {
        Context.current()
                .with(span)
                .wrap((Runnable) () -> reporter.report(FailedRequest.of("timed out")))
                .run();
    }

    @Test
    void shouldTellTheSpanInTheReportAndTheVerdictInTheSpan() throws IOException {
        Span span = tracer.spanBuilder("request").startSpan();
        try (StandInService service = new StandInService();
                NetverdictReporter reporter = reporter(service, Duration.ofSeconds(30))) {
            reportWithin(span, reporter);
            assertEquals(
                    Map.of(
                            "traceId", span.getSpanContext().getTraceId(),
                            "spanId", span.getSpanContext().getSpanId()),
                    service.onlyReport().get("attributes"));
        } finally {
            span.end();
        }
        EventData event = TELEMETRY.getSpans().get(0).getEvents().get(0);
        assertEquals("netverdict.verdict", event.getName());
        assertEquals(
                "tcp.refused",
                event.getAttributes().get(AttributeKey.stringKey("netverdict.cause")));
        assertEquals(
                "01inc", event.getAttributes().get(AttributeKey.stringKey("netverdict.incident")));
    }

    @Test
    void shouldTellTheVerdictBelowASpanThatHasEnded() throws IOException {
        Span span = tracer.spanBuilder("request").startSpan();
        try (StandInService service = new StandInService()) {
            service.open = new CountDownLatch(1);
            try (NetverdictReporter reporter = reporter(service, Duration.ZERO)) {
                reportWithin(span, reporter);
                span.end();
                service.open.countDown();
            }
        }
        SpanData verdict =
                TELEMETRY.getSpans().stream()
                        .filter(it -> it.getName().equals("netverdict.verdict"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(span.getSpanContext().getSpanId(), verdict.getParentSpanId());
        assertEquals(span.getSpanContext().getTraceId(), verdict.getTraceId());
    }

    @Test
    void shouldTellNothingWithoutASpan() throws IOException {
        try (StandInService service = new StandInService();
                NetverdictReporter reporter = reporter(service, Duration.ofSeconds(30))) {
            reporter.report(FailedRequest.of("timed out"));
            assertFalse(service.onlyReport().containsKey("attributes"));
        }
    }
}
