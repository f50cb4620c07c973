package io.netverdict.correlator.dns;

import io.netverdict.capture.packet.IpAddress;

/**
 * A resource record.
 *
 * @param name its owner: lower case, without the last dot; empty for the root
 * @param type a number of {@link DnsType}
 * @param ttlSeconds as announced, unsigned
 * @param dataLength bytes of data as announced
 * @param address of A and AAAA records, else null
 * @param target the name that CNAME, DNAME, NS, PTR, MX, SRV, SVCB, HTTPS and SOA (its primary
 *     server) point to, else null
 */
public record DnsRecord(
        String name, int type, long ttlSeconds, int dataLength, IpAddress address, String target) {}
