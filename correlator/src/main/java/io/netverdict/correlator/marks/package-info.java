/**
 * TCP analysis marks: retransmissions, reordering, gaps, duplicate ACKs, windows and keep-alives,
 * told segment by segment from the sequence numbers of both directions, in the field's terms.
 */
package io.netverdict.correlator.marks;
