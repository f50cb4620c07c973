package io.netverdict.correlator.dns;

/**
 * What a DNS message asks.
 *
 * @param name lower case, without the last dot; empty for the root
 * @param type a number of {@link DnsType}
 */
public record DnsQuestion(String name, int type) {
    // Written out, as in Endpoint.
    @Override
    public boolean equals(Object other) {
        return other instanceof DnsQuestion that && type == that.type && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + type;
    }
}
