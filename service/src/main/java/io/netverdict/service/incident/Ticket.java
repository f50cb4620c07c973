package io.netverdict.service.incident;

import io.netverdict.correlator.model.Incident;
import java.util.concurrent.CompletableFuture;

/**
 * The receipt for an error report.
 *
 * @param incident as it stands: collecting, or decided where its key was known already
 * @param isNew false where the report's key belongs to an earlier incident
 * @param decided completes with the decided incident; never exceptionally while the store works
 */
public record Ticket(Incident incident, boolean isNew, CompletableFuture<Incident> decided) {}
