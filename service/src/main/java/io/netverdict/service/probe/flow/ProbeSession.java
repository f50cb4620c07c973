package io.netverdict.service.probe.flow;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.probe.ProbeTime;

/**
 * The probes of one incident: their budget of time, and their flows. Thread-safe.
 *
 * <p>Every probe asks for its waits here, so that all end with the budget or when told to.
 */
public final class ProbeSession {
    /** How soon a wait notices that all is to end. */
    public static final long SLICE_NANOS = 100_000_000L;

    private final String incident;
    private final ProbeFlows flows;
    private final long deadline;
    private volatile boolean cancelled;

    /**
     * @param budgetNanos for all probes together
     */
    public ProbeSession(String incident, ProbeFlows flows, long budgetNanos) {
        this.incident = incident;
        this.flows = flows;
        this.deadline = System.nanoTime() + budgetNanos;
    }

    /** Registers a flow, see {@link ProbeFlows#open}. */
    public ProbeFlow open(int protocol, int localPort, IpAddress remote, int remotePort) {
        return flows.open(incident, protocol, localPort, remote, remotePort);
    }

    /** When a wait ends, as {@link System#nanoTime}: after its own time or with the budget. */
    public long deadlineAfter(long nanos) {
        long own = System.nanoTime() + nanos;
        return own - deadline > 0 ? deadline : own;
    }

    /** What is left until a moment of {@link #deadlineAfter}; 0 where that is over. */
    public long leftUntil(long moment) {
        return cancelled ? 0 : Math.max(0, moment - System.nanoTime());
    }

    /** The next piece of a wait until a moment; 0 where that is over. */
    public long sliceUntil(long moment) {
        return Math.min(SLICE_NANOS, leftUntil(moment));
    }

    /** Whether nothing more may be sent. */
    public boolean over() {
        return leftUntil(deadline) == 0;
    }

    /** Ends all waits. */
    public void cancel() {
        cancelled = true;
    }

    /** Now, nanoseconds since the epoch. */
    public long nowNanos() {
        return ProbeFlows.nowNanos();
    }

    /** From a moment of {@link #nowNanos} until now. */
    public ProbeTime since(long startedNanos) {
        return new ProbeTime(startedNanos, Math.max(startedNanos, nowNanos()));
    }
}
