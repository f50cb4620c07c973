package io.netverdict.service.incident;

import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.model.Incident;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An incident on its way to a verdict.
 *
 * @param incident to be acknowledged
 * @param acknowledged completes when it is on the disk: with false where it is not, or yields to an
 *     earlier one
 * @param decided completes with the incident as it is kept, never exceptionally
 * @param taken whether a thread is storing its verdict
 */
record Pending(
        Incident incident,
        ContextSource context,
        CompletableFuture<Boolean> acknowledged,
        CompletableFuture<Incident> decided,
        AtomicBoolean taken) {

    /** One whose packets may be looked at while it is brought to the disk. */
    static Pending of(Incident incident, ContextSource context) {
        return new Pending(
                incident,
                context,
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                new AtomicBoolean());
    }

    /** One that is on the disk. */
    static Pending kept(Incident incident, ContextSource context) {
        Pending kept = of(incident, context);
        kept.acknowledged.complete(true);
        return kept;
    }

    /** The same, to be decided anew; whoever waits for this one is not kept waiting. */
    Pending again() {
        return kept(incident, context);
    }
}
