package io.netverdict.correlator.dns;

import io.netverdict.capture.packet.DecodedPacket;

/**
 * A DNS message of a TCP connection (RFC 1035 section 4.2.2).
 *
 * @param message what was read
 * @param offset of its two bytes of length in the stream
 * @param packet that brought its first byte
 * @param last that brought its last seen byte
 */
public record DnsOverTcpMessage(
        DnsMessage message, long offset, DecodedPacket packet, DecodedPacket last) {}
