package io.netverdict.hook;

import java.util.Map;

/**
 * The trace in which a request failed, taken on the thread where it did. What implements it is
 * loaded only where the application has the tracing library.
 */
public interface TraceLink {
    /** No trace. */
    TraceLink NONE =
            new TraceLink() {
                @Override
                public Map<String, String> attributes() {
                    return Map.of();
                }

                @Override
                public void tell(Hint hint) {}
            };

    /** What the report tells about the trace: {@code traceId} and {@code spanId}. */
    Map<String, String> attributes();

    /** Writes the verdict into the trace; on any thread, at any time. */
    void tell(Hint hint);

    /** Finds the current trace, if there is one. */
    interface Source {
        TraceLink current();
    }
}
