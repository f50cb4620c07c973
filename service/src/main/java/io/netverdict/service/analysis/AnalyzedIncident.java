package io.netverdict.service.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.Incident;

/**
 * An incident and the file it was found in.
 *
 * @param file index into the files, from 0
 * @param packets decoded for a report; null where none was asked for
 */
public record AnalyzedIncident(int file, Incident incident, JsonNode packets) {}
