package io.netverdict.service.context.sample;

import io.netverdict.nativelib.netfilter.RefusalCounter;
import io.netverdict.nativelib.route.Link;
import java.util.List;

/**
 * Counters as they stood at one moment. Immutable.
 *
 * @param wallNanos when, nanoseconds since the epoch
 * @param monotonicNanos the same moment on a clock that nobody sets
 * @param links interfaces with their counters; empty where they could not be read
 * @param kernel null where they could not be read
 * @param refusals what the firewall has refused; empty where that is not known
 */
public record CounterSample(
        long wallNanos,
        long monotonicNanos,
        List<Link> links,
        KernelCounters kernel,
        List<RefusalCounter> refusals) {

    /** By how much the clock was set between an earlier sample and this one. */
    public long steppedNanos(CounterSample earlier) {
        return wallNanos - earlier.wallNanos - (monotonicNanos - earlier.monotonicNanos);
    }
}
