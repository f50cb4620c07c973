/**
 * The diagnosis without a question: every conversation of a recording that failed or suffered.
 *
 * <p>The rules are those that answer error reports. What differs is that no client's words stand
 * beside the packets, so a finding counts only where the packets alone show that somebody did not
 * get what he asked for ({@link io.netverdict.correlator.survey.Standing}); the same cause at the
 * same target becomes one diagnosis. Flows are read in batches, so that memory does not grow with
 * the recording.
 */
package io.netverdict.correlator.survey;
