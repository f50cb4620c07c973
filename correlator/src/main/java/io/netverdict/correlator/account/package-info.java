/** The account of a request: its operations, flows, coverage and the packets of its slice. */
package io.netverdict.correlator.account;
