package io.netverdict.service.context;

import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.model.ErrorReport;

/** Begins to collect when an error is reported. Thread-safe. */
@FunctionalInterface
public interface ContextCollector {
    /** Collects nothing. */
    ContextCollector NONE = report -> ContextSource.NONE;

    /**
     * Begins to collect for a report and returns at once; what the returned source gives is as old
     * as this call where it can be.
     */
    ContextSource begin(ErrorReport report);
}
