/**
 * What a machine knew of itself at the time of an error: interfaces, sockets, counters, tables.
 * Plain values; who reads them from the system is not this library's matter.
 */
package io.netverdict.correlator.context;
