package io.netverdict.capture.file;

import io.netverdict.capture.packet.LinkType;

/** Lengths beyond which a packet record is taken for damage. */
final class PacketLimits {
    /** What libpcap and its writers use as the largest snap length of network link types. */
    private static final int MAX_NETWORK_BYTES = 262_144;

    /** The largest packet of any link type (LINKTYPE_DBUS, USB captures). */
    private static final int MAX_BYTES = 128 << 20;

    private PacketLimits() {}

    /** The most bytes a packet of an interface can have. */
    static int maxCapturedBytes(LinkType linkType, int snapLength) {
        return linkType == LinkType.UNKNOWN
                ? MAX_BYTES
                : Math.max(MAX_NETWORK_BYTES, Math.min(snapLength, MAX_BYTES));
    }

    /**
     * The wire length to go by: at least what was captured, and no more than can be added to an
     * offset in a chunk.
     */
    static int wireBytes(long stated, long captured) {
        return (int) Math.min(CaptureBytes.CHUNK_BYTES, Math.max(stated, captured));
    }
}
