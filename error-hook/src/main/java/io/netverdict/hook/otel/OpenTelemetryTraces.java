package io.netverdict.hook.otel;

import io.netverdict.hook.Hint;
import io.netverdict.hook.TraceLink;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.Map;

/**
 * Finds OpenTelemetry's current span: its ids go into the report, and the verdict comes back as an
 * event {@value #EVENT} of it. Where the span has ended by then, a span of that name below it tells
 * the verdict, if the application has registered OpenTelemetry globally.
 */
public final class OpenTelemetryTraces implements TraceLink.Source {
    static final String EVENT = "netverdict.verdict";

    /** Fails to link where OpenTelemetry is not there. */
    public OpenTelemetryTraces() {
        Span.current();
    }

    @Override
    public TraceLink current() {
        Span span = Span.current();
        return span.getSpanContext().isValid() ? new SpanLink(span) : TraceLink.NONE;
    }

    private record SpanLink(Span span) implements TraceLink {
        @Override
        public Map<String, String> attributes() {
            SpanContext context = span.getSpanContext();
            return Map.of("traceId", context.getTraceId(), "spanId", context.getSpanId());
        }

        @Override
        public void tell(Hint hint) {
            Attributes attributes =
                    Attributes.builder()
                            .put("netverdict.cause", hint.cause())
                            .put("netverdict.incident", hint.incidentId())
                            .put("netverdict.hint", hint.text())
                            .put("netverdict.blame", hint.blame())
                            .put("netverdict.confidence", hint.confidence())
                            .build();
            if (span.isRecording()) {
                span.addEvent(EVENT, attributes);
            } else if (GlobalOpenTelemetry.isSet()) {
                GlobalOpenTelemetry.getTracer("io.netverdict.hook")
                        .spanBuilder(EVENT)
                        .setParent(Context.root().with(span))
                        .setAllAttributes(attributes)
                        .startSpan()
                        .end();
            }
        }
    }
}
