package io.netverdict.correlator.finding;

import io.netverdict.correlator.model.Cause;
import java.util.Objects;

/**
 * A cause that was looked into because it is near, and what speaks against it.
 *
 * @param against one clause with its figures
 */
public record Rejection(Cause cause, String against) implements Assessment {
    public Rejection {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(against, "against");
    }
}
