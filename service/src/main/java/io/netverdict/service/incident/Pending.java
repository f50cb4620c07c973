package io.netverdict.service.incident;

import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.model.Incident;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An incident on its way to a verdict.
 *
 * @param incident as it was acknowledged
 * @param decided completes with the incident as it is kept, never exceptionally
 * @param taken whether a thread is storing its verdict
 */
record Pending(
        Incident incident,
        ContextSource context,
        CompletableFuture<Incident> decided,
        AtomicBoolean taken) {

    Pending(Incident incident, ContextSource context) {
        this(incident, context, new CompletableFuture<>(), new AtomicBoolean());
    }

    /** The same, to be decided anew; whoever waits for this one is not kept waiting. */
    Pending again() {
        return new Pending(incident, context);
    }
}
