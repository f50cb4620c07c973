package io.netverdict.storage;

import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.FlowSummary;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.SliceInfo;
import io.netverdict.correlator.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** An incident in its tables: how it goes in, comes out, and is removed. */
final class IncidentRows {
    /**
     * What an incident's rows and indexes take in a compacted database file, as a multiple of its
     * document; measured over 10,000 incidents.
     */
    private static final int ROW_BYTES_PER_DOCUMENT_BYTE = 2;

    private IncidentRows() {}

    static Optional<Incident> find(Handle handle, String id) {
        return handle.createQuery("SELECT document FROM incident_document WHERE incident_id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(IncidentDocument::read);
    }

    static Optional<Incident> findByKey(Handle handle, String key) {
        return handle.createQuery(
                        "SELECT document FROM incident_document JOIN incident ON id = incident_id"
                                + " WHERE report_key = :key")
                .bind("key", key)
                .mapTo(String.class)
                .findOne()
                .map(IncidentDocument::read);
    }

    /** The kept incident that a new one yields to. */
    static Optional<Incident> standing(Handle handle, Incident incident) {
        return StandingIncident.of(incident, id -> find(handle, id), key -> findByKey(handle, key));
    }

    /** The callers' own ids of all incidents that have one. */
    static List<String> keys(Handle handle) {
        return handle.createQuery("SELECT report_key FROM incident WHERE report_key IS NOT NULL")
                .mapTo(String.class)
                .list();
    }

    static List<Incident> collecting(Handle handle) {
        return handle.createQuery(
                        "SELECT document FROM incident_document JOIN incident ON id = incident_id"
                                + " WHERE status = :status ORDER BY received_at, id")
                .bind("status", IncidentStatus.COLLECTING.code())
                .mapTo(String.class)
                .map(IncidentDocument::read)
                .list();
    }

    static boolean hasSlice(Handle handle, String id) {
        return handle.createQuery("SELECT 1 FROM slice WHERE incident_id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static List<IncidentChange> changesAfter(Handle handle, long number, int limit) {
        return handle.createQuery(
                        "SELECT change_number, document FROM incident"
                                + " JOIN incident_document ON id = incident_id"
                                + " WHERE change_number > :number"
                                + " ORDER BY change_number LIMIT :limit")
                .bind("number", number)
                .bind("limit", limit)
                .map(
                        (row, context) ->
                                new IncidentChange(
                                        row.getLong(1), IncidentDocument.read(row.getString(2))))
                .list();
    }

    static long lastChange(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(change_number), 0) FROM incident")
                .mapTo(Long.class)
                .one();
    }

    /** Removes an incident from all tables. */
    static void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM incident WHERE id = :id").bind("id", id).execute();
    }

    /**
     * Writes an incident to all tables.
     *
     * @param json the incident's
     */
    static void insert(Handle handle, Incident incident, byte[] json) {
        insertIncident(handle, incident, json);
        insertError(handle, incident.id(), incident.error());
        if (incident.verdict() != null) {
            insertVerdict(handle, incident.id(), incident.verdict());
        }
        if (incident.slice() != null && incident.slice().bytes() > 0) {
            insertSlice(handle, incident.id(), incident.slice());
        }
        insertOperations(handle, incident.id(), incident.operations());
        insertFlows(handle, incident.id(), incident.flows());
        PreparedBatch hosts =
                handle.prepareBatch("INSERT INTO incident_host VALUES (:incident, :host)");
        for (String host : IncidentText.hosts(incident)) {
            hosts.bind("incident", incident.id()).bind("host", IncidentText.cut(host)).add();
        }
        hosts.execute();
    }

    private static void insertIncident(Handle handle, Incident incident, byte[] json) {
        long sliceBytes = incident.slice() == null ? 0 : incident.slice().bytes();
        handle.createUpdate(
                        "INSERT INTO incident (id, received_at, status, report_key, stored_bytes,"
                                + " search_text) VALUES (:id, :receivedAt, :status, :key, :storedBytes, :searched)")
                .bind("id", incident.id())
                .bind("receivedAt", incident.receivedAt())
                .bind("status", incident.status().code())
                .bind("key", incident.error().key())
                .bind("storedBytes", sliceBytes + (long) ROW_BYTES_PER_DOCUMENT_BYTE * json.length)
                .bind("searched", IncidentText.searched(incident))
                .execute();
        handle.createUpdate("INSERT INTO incident_document VALUES (:id, :document)")
                .bind("id", incident.id())
                .bind("document", new String(json, StandardCharsets.UTF_8))
                .execute();
    }

    private static void insertError(Handle handle, String id, ErrorReport error) {
        handle.createUpdate(
                        "INSERT INTO error VALUES (:id, :message, :url, :host, :method,"
                                + " :occurredAt, :startedAt, :local, :remote, :proxy, :client)")
                .bind("id", id)
                .bind("message", IncidentText.cut(error.message()))
                .bind("url", IncidentText.cut(error.url()))
                .bind("host", IncidentText.cut(HostAndPort.of(error.url()).host()))
                .bind("method", IncidentText.cut(error.method()))
                .bind("occurredAt", error.occurredAt())
                .bind("startedAt", error.startedAt())
                .bind("local", IncidentText.cut(error.local()))
                .bind("remote", IncidentText.cut(error.remote()))
                .bind("proxy", IncidentText.cut(error.proxy()))
                .bind("client", IncidentText.cut(error.client()))
                .execute();
    }

    private static void insertVerdict(Handle handle, String id, Verdict verdict) {
        handle.createUpdate(
                        "INSERT INTO verdict VALUES"
                                + " (:id, :cause, :confidence, :blame, :phase, :hint)")
                .bind("id", id)
                .bind("cause", verdict.cause().code())
                .bind("confidence", verdict.confidence())
                .bind("blame", verdict.blame().code())
                .bind("phase", verdict.phase().code())
                .bind("hint", verdict.hint())
                .execute();
    }

    private static void insertSlice(Handle handle, String id, SliceInfo slice) {
        handle.createUpdate("INSERT INTO slice VALUES (:id, :packets, :bytes, :sha256)")
                .bind("id", id)
                .bind("packets", slice.packets())
                .bind("bytes", slice.bytes())
                .bind("sha256", slice.sha256())
                .execute();
    }

    private static void insertOperations(Handle handle, String id, List<Operation> operations) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "INSERT INTO operation VALUES (:incident, :ordinal, :kind, :target, :flow,"
                                + " :startedAt, :endedAt, :outcome)");
        for (int index = 0; index < operations.size(); index++) {
            Operation operation = operations.get(index);
            batch.bind("incident", id)
                    .bind("ordinal", index + 1)
                    .bind("kind", operation.kind().code())
                    .bind("target", IncidentText.cut(operation.target()))
                    .bind("flow", operation.flow())
                    .bind("startedAt", operation.startedAt())
                    .bind("endedAt", operation.endedAt())
                    .bind(
                            "outcome",
                            operation.outcome() == null ? null : operation.outcome().code())
                    .add();
        }
        batch.execute();
    }

    private static void insertFlows(Handle handle, String id, List<FlowSummary> flows) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "INSERT INTO flow VALUES (:incident, :ordinal, :id, :protocol,"
                                + " :localAddress, :localPort, :remoteAddress, :remotePort,"
                                + " :packetsSent, :packetsReceived, :bytesSent, :bytesReceived,"
                                + " :retransmissions, :firstPacketAt, :lastPacketAt)");
        for (int index = 0; index < flows.size(); index++) {
            FlowSummary flow = flows.get(index);
            HostAndPort local = HostAndPort.of(flow.local());
            HostAndPort remote = HostAndPort.of(flow.remote());
            batch.bind("incident", id)
                    .bind("ordinal", index + 1)
                    .bind("id", flow.id())
                    .bind("protocol", flow.protocol())
                    .bind("localAddress", local.host())
                    .bind("localPort", local.port())
                    .bind("remoteAddress", remote.host())
                    .bind("remotePort", remote.port())
                    .bind("packetsSent", flow.packetsSent())
                    .bind("packetsReceived", flow.packetsReceived())
                    .bind("bytesSent", flow.bytesSent())
                    .bind("bytesReceived", flow.bytesReceived())
                    .bind("retransmissions", flow.retransmissions())
                    .bind("firstPacketAt", flow.firstPacketAt())
                    .bind("lastPacketAt", flow.lastPacketAt())
                    .add();
        }
        batch.execute();
    }
}
