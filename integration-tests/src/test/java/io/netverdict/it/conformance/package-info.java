/** Compares what Netverdict sees in public captures with what the field's tools see. */
package io.netverdict.it.conformance;
