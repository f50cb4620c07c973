package io.netverdict.hook;

/** The tracing library of the application, where it has one. */
final class Traces {
    private static final String OPEN_TELEMETRY = "io.netverdict.hook.otel.OpenTelemetryTraces";
    private static final TraceLink.Source SOURCE = find();

    private Traces() {}

    private static TraceLink.Source find() {
        try {
            return (TraceLink.Source)
                    Class.forName(OPEN_TELEMETRY).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError notThere) {
            return () -> TraceLink.NONE;
        }
    }

    /** The trace of the calling thread. */
    static TraceLink current() {
        return SOURCE.current();
    }
}
