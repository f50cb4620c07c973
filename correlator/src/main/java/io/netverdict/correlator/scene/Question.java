package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.errortext.ErrorFacts;
import io.netverdict.correlator.model.ErrorReport;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an error report asks about, once its text has been understood.
 *
 * @param report as reported
 * @param facts what its message says
 * @param hosts names or address literals that the request was for, the most telling first: a
 *     redirect's target, named in the message, goes before the URL's host
 * @param port of the last of them, where known
 * @param path of the URL with its query, where known
 * @param proxyHost the proxy's name or address
 * @param local the client's end
 * @param remote the other end
 * @param occurredFromNanos when the client may have reported at the earliest, nanoseconds since the
 *     epoch: a time told in whole seconds leaves the second open
 * @param occurredNanos when it did at the latest; the same where the time is told more closely
 * @param occurredKnown whether that was reported; otherwise it is the end of the recording
 * @param startedNanos when the request began, -1 where unknown
 * @param timeoutNanos the limit the client speaks of, -1 where unknown
 */
public record Question(
        ErrorReport report,
        ErrorFacts facts,
        Set<String> hosts,
        OptionalInt port,
        Optional<String> scheme,
        Optional<String> path,
        Optional<String> proxyHost,
        OptionalInt proxyPort,
        Optional<Endpoint> local,
        Optional<Endpoint> remote,
        long occurredFromNanos,
        long occurredNanos,
        boolean occurredKnown,
        long startedNanos,
        long timeoutNanos) {

    /** Reports come a little after the packet that made the client fail. */
    public static final long REPORT_SLACK_NANOS = 60_000_000L;

    /** How far back an error's request may have begun where nobody says. */
    private static final long DEFAULT_LOOKBACK_NANOS = 120_000_000_000L;

    /** How long behind the report late answers are still looked for. */
    private static final long LOOK_AHEAD_NANOS = 5_000_000_000L;

    public Question {
        hosts = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
    }

    /** The same by a clock that may be so much before or behind the recorder's. */
    public Question withClockDifference(long nanos) {
        return new Question(
                report,
                facts,
                hosts,
                port,
                scheme,
                path,
                proxyHost,
                proxyPort,
                local,
                remote,
                occurredFromNanos - nanos,
                occurredNanos + nanos,
                occurredKnown,
                startedNanos < 0 ? startedNanos : Math.max(0, startedNanos - nanos),
                timeoutNanos);
    }

    public boolean says(Complaint first, Complaint... others) {
        return facts.hasAny(first, others);
    }

    /** Whether the client speaks of time running out. */
    public boolean saysTimeout() {
        return facts.complaints().stream().anyMatch(Complaint::isTimeout);
    }

    /** The first host named, for texts; {@code the host} where none is known. */
    public String hostForText() {
        return hosts.isEmpty() ? "the host" : hosts.iterator().next();
    }

    /** Address literals among the hosts. */
    public Set<IpAddress> literalAddresses() {
        Set<IpAddress> literals = new LinkedHashSet<>();
        hosts.forEach(host -> IpAddress.parse(host).ifPresent(literals::add));
        return literals;
    }

    /** Earliest time that can belong to the request. */
    public long windowFromNanos() {
        if (startedNanos >= 0) {
            return startedNanos - REPORT_SLACK_NANOS;
        }
        if (timeoutNanos > 0) {
            // A time-out told may be one of several in a row: addresses, retries.
            return occurredNanos - Math.max(4 * timeoutNanos, DEFAULT_LOOKBACK_NANOS / 4);
        }
        return occurredNanos - DEFAULT_LOOKBACK_NANOS;
    }

    /**
     * How long before the error a moment was: at least, and 0 where it may not have been before it.
     */
    public long beforeErrorNanos(long nanos) {
        return Math.max(0, occurredFromNanos + REPORT_SLACK_NANOS - nanos);
    }

    /** Latest time looked at. */
    public long windowToNanos() {
        return occurredNanos + LOOK_AHEAD_NANOS;
    }

    /** Latest time at which a packet can have decided the request. */
    public long deadlineNanos() {
        return occurredNanos + REPORT_SLACK_NANOS;
    }
}
