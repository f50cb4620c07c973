/**
 * Sockets that do what Java's cannot: ICMP echoes, hop limits, packets that must not be fragmented,
 * and the ICMP errors that come back. Linux on 64-bit machines; elsewhere opening one fails.
 */
package io.netverdict.nativelib.socket;
