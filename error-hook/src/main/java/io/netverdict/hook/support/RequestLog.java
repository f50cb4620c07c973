package io.netverdict.hook.support;

import io.netverdict.hook.FailedRequest;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a client library tells about a call while it goes on, for the report in case it fails.
 * Taking a note costs no text: that is made of the notes when they are told. Of a long call the
 * first {@value #MAX_NOTES} notes are kept. Thread-safe.
 */
public final class RequestLog {
    private static final int MAX_NOTES = 48;
    private static final int FIRST_ROOM = 16;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long startNanos = System.nanoTime();
    private long[] times = new long[FIRST_ROOM];
    private String[] events = new String[FIRST_ROOM];
    private Object[] details = new Object[FIRST_ROOM];
    private int notes;
    private int leftOut;

    /**
     * @param event what happened
     * @param detail whose text says more, or null; it should not change any more
     */
    public synchronized void note(String event, Object detail) {
        if (notes == MAX_NOTES) {
            leftOut++;
            return;
        }
        if (notes == times.length) {
            times = java.util.Arrays.copyOf(times, MAX_NOTES);
            events = java.util.Arrays.copyOf(events, MAX_NOTES);
            details = java.util.Arrays.copyOf(details, MAX_NOTES);
        }
        times[notes] = System.nanoTime() - startNanos;
        events[notes] = event;
        details[notes] = detail;
        notes++;
    }

    /** The report with an attribute {@code event.NN} for each note. */
    public synchronized FailedRequest addTo(FailedRequest request) {
        FailedRequest told = request;
        for (int index = 0; index < notes; index++) {
            String detail = details[index] == null ? "" : " " + details[index];
            told =
                    told.withAttribute(
                            String.format(Locale.ROOT, "event.%02d", index + 1),
                            String.format(
                                    Locale.ROOT,
                                    "+%.3f s %s%s",
                                    times[index] / NANOS_PER_SECOND,
                                    events[index],
                                    detail));
        }
        return leftOut == 0 ? told : told.withAttribute("events.leftOut", "" + leftOut);
    }
}
