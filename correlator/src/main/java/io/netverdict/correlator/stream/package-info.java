/** The bytes of one direction of a TCP connection, put in order, with the packets they came in. */
package io.netverdict.correlator.stream;
