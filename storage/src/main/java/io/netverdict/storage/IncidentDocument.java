package io.netverdict.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;

/** An incident as it is kept: the contract's JSON in UTF-8. */
final class IncidentDocument {
    private IncidentDocument() {}

    static byte[] write(Incident incident) {
        try {
            return ContractJson.mapper().writeValueAsBytes(incident);
        } catch (JsonProcessingException failure) {
            throw new StorageException(
                    "incident " + incident.id() + " cannot be written as JSON", failure);
        }
    }

    static Incident read(String document) {
        try {
            return ContractJson.mapper().readValue(document, Incident.class);
        } catch (JsonProcessingException failure) {
            throw new StorageException("a kept incident cannot be read", failure);
        }
    }
}
