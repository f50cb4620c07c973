package io.netverdict.service.analysis;

import io.netverdict.correlator.model.Incident;

/**
 * An incident and the file it was found in.
 *
 * @param file index into the files, from 0
 */
public record AnalyzedIncident(int file, Incident incident) {}
