/**
 * What probes found: packets sent towards the hosts of an error after it was reported. The library
 * sends none; whoever did hands the results in. They are about now, not about the time of failure.
 */
package io.netverdict.correlator.probe;
