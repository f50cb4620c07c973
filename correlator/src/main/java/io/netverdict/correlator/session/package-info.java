/**
 * What a TCP connection was used for: a proxy's tunnel, TLS, requests and their responses; in the
 * clear or told from record sizes, directions and times.
 */
package io.netverdict.correlator.session;
