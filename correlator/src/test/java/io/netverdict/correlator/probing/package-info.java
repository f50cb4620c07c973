/** Scripts told with what probes found. */
package io.netverdict.correlator.probing;
