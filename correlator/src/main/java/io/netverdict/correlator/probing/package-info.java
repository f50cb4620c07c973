/**
 * What probes found, put to findings: each class looks at one kind of probe. A probe is about now;
 * what the packets of the request prove stands, whatever it says.
 */
package io.netverdict.correlator.probing;
