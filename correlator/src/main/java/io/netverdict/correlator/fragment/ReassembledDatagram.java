package io.netverdict.correlator.fragment;

import io.netverdict.capture.packet.DecodedPacket;
import java.util.List;

/**
 * A datagram put together from its fragments.
 *
 * @param key what its fragments have in common
 * @param packet the whole datagram; its number, time and VLAN are those of the fragment that
 *     completed it. Where a fragment was cut off, the bytes end there, and {@code wireLength} tells
 * @param frames the fragments' packet numbers in the order of the datagram
 * @param overlapping whether fragments disagreed on where they belong: forbidden for IPv6 (RFC
 *     5722), suspicious for IPv4
 */
public record ReassembledDatagram(
        DatagramKey key, DecodedPacket packet, List<Long> frames, boolean overlapping) {
    public ReassembledDatagram {
        frames = List.copyOf(frames);
    }
}
