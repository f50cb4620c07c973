package io.netverdict.storage;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import java.time.Instant;

/**
 * Which incidents to list. Filters that are null do not filter; those given must all hold.
 *
 * @param host a host name or address that took part in the request, whatever its case
 * @param since received at this time or later
 * @param until received before this time
 * @param text occurs in message, URL, hint, host names or addresses, whatever its case
 * @param limit incidents on a page, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link IncidentPage#nextCursor()} of the page before; null for the newest
 */
public record IncidentQuery(
        Cause cause,
        Blame blame,
        String host,
        Instant since,
        Instant until,
        String text,
        int limit,
        String cursor) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    public IncidentQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit=" + limit + ", allowed are 1 to " + MAX_LIMIT);
        }
    }

    /** The newest incidents, {@value #DEFAULT_LIMIT} of them. */
    public static IncidentQuery newest() {
        return new IncidentQuery(null, null, null, null, null, null, DEFAULT_LIMIT, null);
    }

    public IncidentQuery withCause(Cause wanted) {
        return new IncidentQuery(wanted, blame, host, since, until, text, limit, cursor);
    }

    public IncidentQuery withBlame(Blame wanted) {
        return new IncidentQuery(cause, wanted, host, since, until, text, limit, cursor);
    }

    public IncidentQuery withHost(String wanted) {
        return new IncidentQuery(cause, blame, wanted, since, until, text, limit, cursor);
    }

    public IncidentQuery withSince(Instant wanted) {
        return new IncidentQuery(cause, blame, host, wanted, until, text, limit, cursor);
    }

    public IncidentQuery withUntil(Instant wanted) {
        return new IncidentQuery(cause, blame, host, since, wanted, text, limit, cursor);
    }

    public IncidentQuery withText(String wanted) {
        return new IncidentQuery(cause, blame, host, since, until, wanted, limit, cursor);
    }

    public IncidentQuery withLimit(int wanted) {
        return new IncidentQuery(cause, blame, host, since, until, text, wanted, cursor);
    }

    public IncidentQuery withCursor(String wanted) {
        return new IncidentQuery(cause, blame, host, since, until, text, limit, wanted);
    }
}
