package io.netverdict.correlator.context;

/** Where a diagnosis gets its context from. */
@FunctionalInterface
public interface ContextSource {
    /** Knows nothing: for capture files, whose machine is not this one. */
    ContextSource NONE = targets -> HostContext.NONE;

    /**
     * What the machine knows about these targets. Called once for a diagnosis, by its thread:
     * answers at once with what is there, never throws for what is not.
     */
    HostContext about(ContextTargets targets);
}
