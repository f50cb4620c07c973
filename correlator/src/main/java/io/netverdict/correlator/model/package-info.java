/**
 * What goes in and comes out: error reports, incidents, verdicts. The words and field names are the
 * public contract's; JSON is made of these records as they stand (see {@link
 * io.netverdict.correlator.model.ContractJson}).
 */
package io.netverdict.correlator.model;
