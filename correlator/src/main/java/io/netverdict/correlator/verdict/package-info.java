/**
 * From findings to one verdict: precedence, plausibility, confidence and wording live here, apart
 * from the rules.
 */
package io.netverdict.correlator.verdict;
