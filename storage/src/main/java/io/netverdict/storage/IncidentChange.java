package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;

/**
 * An incident that was kept or decided.
 *
 * @param number greater than that of every change committed before; gaps are normal
 * @param incident as it is now, which may be later than the change
 */
public record IncidentChange(long number, Incident incident) {}
