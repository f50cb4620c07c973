package io.netverdict.correlator.story;

import io.netverdict.correlator.context.ClockContext;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.Session;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the dates of HTTP responses say of this machine's clock (RFC 9110 6.6.1): those of all
 * connections in the clear, since a wrong clock is wrong for all of them.
 */
final class PeerDates {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private record Dated(long offsetSeconds, String server) {}

    private PeerDates() {}

    /** The clock as the median of the dates has it, or null without any. */
    static ClockContext clock(List<Session> sessions) {
        List<Dated> dates = new ArrayList<>();
        for (Session session : sessions) {
            for (Exchange exchange : session.exchanges()) {
                Dated dated = dated(session, exchange.response());
                if (dated != null) {
                    dates.add(dated);
                }
            }
        }
        if (dates.isEmpty()) {
            return null;
        }
        dates.sort(Comparator.comparingLong(Dated::offsetSeconds));
        Dated median = dates.get(dates.size() / 2);
        return ClockContext.ofDates(
                median.offsetSeconds(), "the Date header of " + median.server());
    }

    private static Dated dated(Session session, HttpResponse response) {
        String date = response == null ? null : response.header("Date").orElse(null);
        if (date == null || response.first() == null) {
            return null;
        }
        try {
            Instant told = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            long seen = response.first().timeNanos() / NANOS_PER_SECOND;
            return new Dated(seen - told.getEpochSecond(), session.tcp().server().toString());
        } catch (DateTimeException noDate) {
            return null;
        }
    }
}
