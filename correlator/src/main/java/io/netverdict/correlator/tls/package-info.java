/**
 * TLS records, handshake messages and alerts of one direction of a connection, as far as they are
 * visible without keys (RFC 5246, RFC 8446).
 */
package io.netverdict.correlator.tls;
