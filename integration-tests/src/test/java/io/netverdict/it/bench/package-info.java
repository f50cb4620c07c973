/** What {@code integration-tests/bench} measures with: made traffic and probes; no tests. */
package io.netverdict.it.bench;
