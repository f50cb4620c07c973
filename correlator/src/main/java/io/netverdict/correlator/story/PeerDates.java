package io.netverdict.correlator.story;

import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowFilter;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.context.ClockContext;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.SceneReader;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.Session;
import io.netverdict.correlator.session.SessionReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What the dates of HTTP responses say of this machine's clock (RFC 9110 6.6.1): those of all
 * connections in the clear, since a wrong clock is wrong for all of them.
 */
public final class PeerDates {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long REACH_NANOS = 600 * NANOS_PER_SECOND;
    private static final int HTTP_PORT = 80;
    private static final int MAX_FLOWS = 16;

    /** Of these the short ones are read. */
    private static final int MAX_FLOWS_LISTED = 200;

    private static final int MAX_PACKETS_OF_FLOW = 200;

    private record Dated(long offsetSeconds, String server) {}

    private PeerDates() {}

    /**
     * The clock by what others were answered before the request, where the client complains of a
     * certificate; null without any date.
     */
    public static ClockContext before(Recording recording, Question question, SceneReader reader) {
        boolean asked = question.facts().complaints().stream().anyMatch(Complaint::isCertificate);
        if (!asked) {
            return null;
        }
        long to = question.windowToNanos();
        FlowSearch plainHttp =
                new FlowSearch(
                        FlowFilter.ofPorts(Set.of(HTTP_PORT)),
                        question.windowFromNanos() - REACH_NANOS,
                        to,
                        to,
                        MAX_FLOWS_LISTED);
        List<FlowKey> newest =
                recording.flows(plainHttp).stream()
                        .filter(f -> f.packets() <= MAX_PACKETS_OF_FLOW)
                        .filter(f -> f.key().protocol() == IpProtocol.TCP)
                        .sorted(Comparator.comparingLong(RecordedFlow::lastNanos).reversed())
                        .limit(MAX_FLOWS)
                        .map(RecordedFlow::key)
                        .toList();
        if (newest.isEmpty()) {
            return null;
        }
        return clock(
                reader.readFlows(recording, newest).connections().stream()
                        .map(SessionReader::read)
                        .toList());
    }

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
