/**
 * Asks the hosts of an error what support would have asked: name servers, ports, certificates,
 * ping, path MTU, routes, the proxy. Only where it was switched on, only towards the hosts of the
 * error, and within limits of time and rate. {@link io.netverdict.service.probe.Prober} is the way
 * in.
 */
package io.netverdict.service.probe;
