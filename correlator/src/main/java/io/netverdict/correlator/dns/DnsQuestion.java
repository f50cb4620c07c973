package io.netverdict.correlator.dns;

/**
 * What a DNS message asks.
 *
 * @param name lower case, without the last dot; empty for the root
 * @param type a number of {@link DnsType}
 */
public record DnsQuestion(String name, int type) {}
