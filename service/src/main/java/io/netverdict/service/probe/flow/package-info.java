/**
 * Which packets are probes, so that none is mistaken for a client's: every probe registers its flow
 * with {@link io.netverdict.service.probe.flow.ProbeFlows} before it sends.
 */
package io.netverdict.service.probe.flow;
