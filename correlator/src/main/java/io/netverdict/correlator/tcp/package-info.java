/**
 * TCP connections as facts: what was sent, acknowledged, lost, closed, and when. Facts are in
 * sequence space, from the point of view of a recorder beside the client; the field's display marks
 * (duplicate ACK, out-of-order …) are another package's.
 */
package io.netverdict.correlator.tcp;
