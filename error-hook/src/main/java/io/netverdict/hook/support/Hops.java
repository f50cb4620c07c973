package io.netverdict.hook.support;

import io.netverdict.hook.FailedRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that one call of an application consists of: redirects, retries, other regions. The
 * report names them all, so that the service looks at all their hosts. Thread-safe.
 */
public final class Hops {
    private static final int MAX_HOPS = 24;
    private static final String NO_RESPONSE = "no response";

    private final List<Hop> hops = new ArrayList<>();
    private int leftOut;

    private static final class Hop {
        private final String method;
        private final Object url;
        private Object outcome;

        Hop(String method, Object url) {
            this.method = method;
            this.url = url;
        }

        String request() {
            return method + " " + url;
        }

        @Override
        public String toString() {
            return outcome == null ? request() : request() + " -> " + outcome;
        }
    }

    /**
     * A request goes out.
     *
     * @param url whose text is taken when it is told
     */
    public synchronized void begin(String method, Object url) {
        end(NO_RESPONSE);
        if (hops.size() == MAX_HOPS) {
            // The last ones tell more than those in the middle.
            hops.remove(MAX_HOPS / 2);
            leftOut++;
        }
        hops.add(new Hop(method, url));
    }

    /** The latest request came to this: a status or an exception. */
    public synchronized void end(Object outcome) {
        if (!hops.isEmpty() && hops.get(hops.size() - 1).outcome == null) {
            hops.get(hops.size() - 1).outcome = outcome;
        }
    }

    /** How many requests there were. */
    public synchronized int count() {
        return hops.size() + leftOut;
    }

    /** Puts the requests of an earlier part of the same call before these. */
    public synchronized void goOnFrom(Hops earlier) {
        synchronized (earlier) {
            hops.addAll(0, earlier.hops);
            leftOut += earlier.leftOut;
        }
    }

    /**
     * The report with an attribute {@code request.NN} for each request where there are several, and
     * the last one at the end of its message: that is the one which failed.
     */
    public synchronized FailedRequest addTo(FailedRequest request) {
        if (hops.size() < 2) {
            return request;
        }
        FailedRequest told = request;
        for (int index = 0; index < hops.size(); index++) {
            told =
                    told.withAttribute(
                            String.format("request.%02d", index + 1), hops.get(index).toString());
        }
        if (leftOut > 0) {
            told = told.withAttribute("requests.leftOut", "" + leftOut);
        }
        return told.withMessage(
                request.message()
                        + "\nThe last of "
                        + count()
                        + " requests was: "
                        + hops.get(hops.size() - 1).request());
    }
}
