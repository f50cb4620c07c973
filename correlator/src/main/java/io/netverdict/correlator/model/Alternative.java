package io.netverdict.correlator.model;

/**
 * A cause that was considered and lost.
 *
 * @param cause its code
 * @param confidence 0 to 1
 * @param against what speaks against it
 */
public record Alternative(Cause cause, double confidence, String against) {}
