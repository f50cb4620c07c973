package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * One {@link IncidentQuery} as SQL. Pages are cut by the position of their last incident, not by
 * counting, so that incidents that arrive meanwhile neither repeat nor hide others.
 */
final class IncidentSearch {
    private static final char CURSOR_SEPARATOR = ' ';
    private static final char LIKE_ESCAPE = '\\';

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final int limit;

    private IncidentSearch(IncidentQuery query) {
        limit = query.limit();
        if (query.cause() != null) {
            where(
                    "EXISTS (SELECT 1 FROM verdict WHERE incident_id = id AND cause = :cause)",
                    "cause",
                    query.cause().code());
        }
        if (query.blame() != null) {
            where(
                    "EXISTS (SELECT 1 FROM verdict WHERE incident_id = id AND blame = :blame)",
                    "blame",
                    query.blame().code());
        }
        if (query.host() != null) {
            where(
                    "EXISTS (SELECT 1 FROM incident_host WHERE incident_id = id AND host = :host)",
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

    private IncidentPage run(Handle handle) {
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        // The page is chosen first, so that only its documents are read.
        String sql =
                "SELECT document FROM (SELECT id, received_at FROM incident"
                        + where
                        + " ORDER BY received_at DESC, id DESC LIMIT :limit) page"
                        + " JOIN incident_document ON incident_id = page.id"
                        + " ORDER BY page.received_at DESC, page.id DESC";
        Query select = handle.createQuery(sql).bind("limit", limit + 1);
        values.forEach(select::bind);
        List<Incident> found = select.mapTo(String.class).map(IncidentRows::read).list();
        if (found.size() <= limit) {
            return new IncidentPage(found, null);
        }
        Incident last = found.get(limit - 1);
        return new IncidentPage(
                found.subList(0, limit), new Position(last.receivedAt(), last.id()).cursor());
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
