/**
 * Sockets that do what Java's cannot: ICMP echoes, hop limits, packets that must not be fragmented,
 * the ICMP errors that come back, datagrams in the Unix domain. Linux on 64-bit machines; elsewhere
 * opening one fails.
 */
package io.netverdict.nativelib.socket;
