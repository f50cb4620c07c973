/**
 * The live recorder: a capture thread for each interface that is up, interfaces followed as they
 * come and go, and snapshots to ask what was recorded.
 */
package io.netverdict.capture.live;
