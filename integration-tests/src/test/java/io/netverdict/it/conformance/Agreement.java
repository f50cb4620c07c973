package io.netverdict.it.conformance;

import java.util.Locale;

/** Counts where two readers agree; not thread-safe. */
final class Agreement {
    private int both;
    private int onlyTheirs;
    private int onlyOurs;
    private int known;

    void count(boolean theirs, boolean ours) {
        if (theirs && ours) {
            both++;
        } else if (theirs) {
            onlyTheirs++;
        } else if (ours) {
            onlyOurs++;
        }
    }

    /** Counts a difference that is on the list, which is no disagreement. */
    void countKnown() {
        known++;
    }

    double precision() {
        return ratio(both, both + onlyOurs);
    }

    double recall() {
        return ratio(both, both + onlyTheirs);
    }

    /** Harmonic mean of precision and recall; 1 where neither sees anything. */
    double f1() {
        return ratio(2 * both, 2 * both + onlyTheirs + onlyOurs);
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "both %6d  only tshark %4d  only we %4d  listed %3d"
                        + "  precision %7.3f %%  recall %7.3f %%  F1 %7.3f %%",
                both,
                onlyTheirs,
                onlyOurs,
                known,
                100 * precision(),
                100 * recall(),
                100 * f1());
    }
}
