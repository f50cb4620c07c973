/**
 * The flow index: from a 5-tuple to its newest packet, within each segment of the recorder's
 * memory, so that it costs no memory of its own and forgets exactly what is overwritten.
 */
package io.netverdict.capture.index;
