/**
 * Real failures, made in namespaces and seen live: recorder, API, verdict and slice together. A new
 * failure is one more constant of {@link io.netverdict.it.lab.LiveFault}.
 */
package io.netverdict.it.lab;
