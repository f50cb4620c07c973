package io.netverdict.correlator;

/** Told how far a survey is; called from the surveying thread. */
@FunctionalInterface
public interface SurveyProgress {
    SurveyProgress SILENT = (done, total) -> {};

    /** So many of so many conversations have been looked at. */
    void advanced(long done, long total);
}
