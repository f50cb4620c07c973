/**
 * The probes, one class each. None throws on what comes back: every outcome is a result. Each waits
 * at most its own time and the budget's rest, reads a bounded number of bytes, and registers its
 * flow before it sends.
 */
package io.netverdict.service.probe.wire;
