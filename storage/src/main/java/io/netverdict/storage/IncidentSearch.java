package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * One {@link IncidentQuery} as SQL. Pages are cut by the position of their last incident, not by
 * counting, so that incidents that arrive meanwhile neither repeat nor hide others.
 */
final class IncidentSearch {
    private static final char CURSOR_SEPARATOR = ' ';
    private static final char LIKE_ESCAPE = '\\';

    private static final String MATCHING =
            " incident JOIN error ON error.incident_id = id"
                    + " LEFT JOIN verdict ON verdict.incident_id = id";

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final int limit;

    private IncidentSearch(IncidentQuery query) {
        limit = query.limit();
        if (query.cause() != null) {
            where(
                    "EXISTS (SELECT 1 FROM verdict v WHERE v.incident_id = id AND v.cause = :cause)",
                    "cause",
                    query.cause().code());
        }
        if (query.blame() != null) {
            where(
                    "EXISTS (SELECT 1 FROM verdict v WHERE v.incident_id = id AND v.blame = :blame)",
                    "blame",
                    query.blame().code());
        }
        if (query.host() != null) {
            where(
                    "EXISTS (SELECT 1 FROM incident_host h WHERE h.incident_id = id AND h.host = :host)",
                    "host",
                    query.host().toLowerCase(Locale.ROOT));
        }
        if (query.since() != null) {
            where("received_at >= :since", "since", query.since());
        }
        if (query.until() != null) {
            where("received_at < :until", "until", query.until());
        }
        if (query.text() != null) {
            where(
                    "search_text LIKE :text ESCAPE '" + LIKE_ESCAPE + "'",
                    "text",
                    "%" + escaped(query.text().toLowerCase(Locale.ROOT)) + "%");
        }
        if (query.cursor() != null) {
            Position last = Position.parse(query.cursor());
            where("received_at <= :lastAt", "lastAt", last.receivedAt());
            where("(received_at < :lastAt OR id < :lastId)", "lastId", last.id());
        }
    }

    static IncidentPage run(Handle handle, IncidentQuery query) {
        return new IncidentSearch(query).run(handle);
    }

    static IncidentLines lines(Handle handle, IncidentQuery query) {
        return new IncidentSearch(query).lines(handle);
    }

    static IncidentSummary summary(Handle handle, IncidentQuery query, int steps) {
        return new IncidentSearch(query.withCursor(null)).summary(handle, steps);
    }

    private IncidentPage run(Handle handle) {
        String where = where();
        // The page is chosen first, so that only its documents are read.
        String sql =
                "SELECT document FROM (SELECT id, received_at FROM incident"
                        + where
                        + " ORDER BY received_at DESC, id DESC LIMIT :limit) page"
                        + " JOIN incident_document ON incident_id = page.id"
                        + " ORDER BY page.received_at DESC, page.id DESC";
        Query select = handle.createQuery(sql).bind("limit", limit + 1);
        values.forEach(select::bind);
        List<Incident> found = select.mapTo(String.class).map(IncidentDocument::read).list();
        if (found.size() <= limit) {
            return new IncidentPage(found, null);
        }
        Incident last = found.get(limit - 1);
        return new IncidentPage(
                found.subList(0, limit), new Position(last.receivedAt(), last.id()).cursor());
    }

    private IncidentLines lines(Handle handle) {
        String sql =
                "SELECT page.id, page.received_at, status, message, url,"
                        + " COALESCE(host, remote) AS host, cause, confidence, blame, phase, hint"
                        + " FROM (SELECT id, received_at, status FROM incident"
                        + where()
                        + " ORDER BY received_at DESC, id DESC LIMIT :limit) page"
                        + " JOIN error ON error.incident_id = page.id"
                        + " LEFT JOIN verdict ON verdict.incident_id = page.id"
                        + " ORDER BY page.received_at DESC, page.id DESC";
        Query select = handle.createQuery(sql).bind("limit", limit + 1);
        values.forEach(select::bind);
        List<IncidentLine> found = select.map(IncidentSearch::line).list();
        if (found.size() <= limit) {
            return new IncidentLines(found, null);
        }
        IncidentLine last = found.get(limit - 1);
        return new IncidentLines(
                found.subList(0, limit), new Position(last.receivedAt(), last.id()).cursor());
    }

    private static IncidentLine line(ResultSet row, StatementContext context) throws SQLException {
        double confidence = row.getDouble("confidence");
        return new IncidentLine(
                row.getString("id"),
                time(row, "received_at"),
                row.getString("status"),
                row.getString("message"),
                row.getString("url"),
                row.getString("host"),
                row.getString("cause"),
                row.getString("cause") == null ? null : confidence,
                row.getString("blame"),
                row.getString("phase"),
                row.getString("hint"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private IncidentSummary summary(Handle handle, int steps) {
        List<IncidentSummary.Group> groups = groups(handle);
        Instant first = null;
        Instant last = null;
        long total = 0;
        for (IncidentSummary.Group group : groups) {
            total += group.count();
            first = first == null || group.firstAt().isBefore(first) ? group.firstAt() : first;
            last = last == null || group.lastAt().isAfter(last) ? group.lastAt() : last;
        }
        long seconds = 1;
        if (first != null) {
            Instant since = (Instant) values.getOrDefault("since", first);
            Instant until = (Instant) values.getOrDefault("until", last);
            seconds = Math.max(1, Duration.between(since, until).toSeconds() / steps + 1);
        }
        return new IncidentSummary(
                total,
                first,
                last,
                seconds,
                groups.subList(0, Math.min(groups.size(), IncidentSummary.MAX_GROUPS)),
                groups.size(),
                timeline(handle, seconds));
    }

    private List<IncidentSummary.Group> groups(Handle handle) {
        String sql =
                "SELECT cause, blame, COALESCE(host, remote) AS target, COUNT(*) AS incidents,"
                        + " MIN(received_at) AS first_at, MAX(received_at) AS last_at,"
                        + " MAX(id) AS latest FROM"
                        + MATCHING
                        + where()
                        + " GROUP BY cause, blame, target ORDER BY incidents DESC, last_at DESC";
        Query select = handle.createQuery(sql);
        values.forEach(select::bind);
        return select.map(
                        (row, context) ->
                                new IncidentSummary.Group(
                                        row.getString("cause"),
                                        row.getString("blame"),
                                        row.getString("target"),
                                        row.getLong("incidents"),
                                        time(row, "first_at"),
                                        time(row, "last_at"),
                                        row.getString("latest")))
                .list();
    }

    private List<IncidentSummary.Step> timeline(Handle handle, long seconds) {
        String sql =
                // Whole numbers: H2 divides decimals to thousands of digits.
                "SELECT DATEDIFF(SECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00',"
                        + " received_at) / CAST(:seconds AS BIGINT) AS step, cause, blame,"
                        + " COUNT(*) AS incidents FROM"
                        + MATCHING
                        + where()
                        + " GROUP BY step, cause, blame ORDER BY step, cause, blame";
        Query select = handle.createQuery(sql).bind("seconds", seconds);
        values.forEach(select::bind);
        return select.map(
                        (row, context) ->
                                new IncidentSummary.Step(
                                        Instant.ofEpochSecond(row.getLong("step") * seconds),
                                        row.getString("cause"),
                                        row.getString("blame"),
                                        row.getLong("incidents")))
                .list();
    }

    private String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (char character : text.toCharArray()) {
            if (character == '%' || character == '_' || character == LIKE_ESCAPE) {
                escaped.append(LIKE_ESCAPE);
            }
            escaped.append(character);
        }
        return escaped.toString();
    }

    /** Where a page ends. */
    private record Position(Instant receivedAt, String id) {
        String cursor() {
            String text = receivedAt.toString() + CURSOR_SEPARATOR + id;
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Position parse(String cursor) {
            try {
                String text =
                        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int separator = text.indexOf(CURSOR_SEPARATOR);
                if (separator > 0) {
                    return new Position(
                            Instant.parse(text.substring(0, separator)),
                            text.substring(separator + 1));
                }
            } catch (IllegalArgumentException | DateTimeException notOurs) {
                // Said below.
            }
            throw new IllegalArgumentException("cursor=" + cursor);
        }
    }
}
