package io.netverdict.correlator.finding;

import io.netverdict.correlator.model.Cause;

/** What a rule says of its cause: it fits, or what speaks against it. */
public sealed interface Assessment permits Finding, Rejection {
    Cause cause();
}
