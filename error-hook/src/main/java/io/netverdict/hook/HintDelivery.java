package io.netverdict.hook;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings a hint to where the failure shows: into the exception, the trace and the log, there with
 * the logging context that the failing thread had.
 */
final class HintDelivery {
    // Named after the class that applications know.
    private static final Logger LOG = LoggerFactory.getLogger(NetverdictReporter.class);

    private final FailedRequest request;
    private final TraceLink trace;
    private final Map<String, String> loggingContext;

    /** Made on the thread on which the request failed. */
    HintDelivery(FailedRequest request, TraceLink trace) {
        this.request = request;
        this.trace = trace;
        this.loggingContext = MDC.getCopyOfContextMap();
    }

    void bring(Hint hint) {
        if (request.error() != null) {
            request.error().addSuppressed(new CauseHint(hint));
        }

        Map<String, String> own = MDC.getCopyOfContextMap();
        try {
            if (loggingContext != null) {
                MDC.setContextMap(loggingContext);
            }
            MDC.put(NetverdictReporter.MDC_CAUSE, hint.cause());
            MDC.put(NetverdictReporter.MDC_INCIDENT, hint.incidentId());
            LOG.warn("hint for {}: {}", about(), hint);
        } finally {
            if (own == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(own);
            }
        }
        // Last: it runs the tracing library's code, of whatever version.
        trace.tell(hint);
    }

    private String about() {
        return request.url() == null
                ? request.message().lines().findFirst().orElse("")
                : request.url();
    }
}
