/**
 * QUIC packets as far as they can be read without keys, and a client's Initial packets, whose keys
 * anybody can derive (RFC 9000, RFC 9001, RFC 9369).
 */
package io.netverdict.correlator.quic;
