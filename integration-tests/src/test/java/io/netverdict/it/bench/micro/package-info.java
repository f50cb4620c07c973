/**
 * Micro-benchmarks (JMH) of what each packet and each report costs. They are compiled with the
 * tests and run by {@code integration-tests/bench/jmh}.
 */
package io.netverdict.it.bench.micro;
