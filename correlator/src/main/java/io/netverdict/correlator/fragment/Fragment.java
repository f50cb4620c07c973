package io.netverdict.correlator.fragment;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.NetworkHeader;
import java.nio.ByteBuffer;

/**
 * One fragment: the part of the datagram's payload that it carries.
 *
 * @param packet where it came from
 * @param header the captured bytes of all headers before the payload, for the first fragment; else
 *     null
 * @param nextHeader the protocol of the payload as this fragment says
 * @param offset of the part in the datagram's payload, bytes
 * @param length of the part on the wire, bytes
 * @param last whether nothing follows
 * @param captured the captured bytes of the part
 */
record Fragment(
        DecodedPacket packet,
        ByteBuffer header,
        int nextHeader,
        int offset,
        int length,
        boolean last,
        ByteBuffer captured) {
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int FRAGMENT_HEADER_BYTES = 8;
    private static final int MAX_EXTENSION_HEADERS = 16;

    int end() {
        return offset + length;
    }

    boolean isCut() {
        return captured.remaining() < length;
    }

    /** Reads a fragment, or null where its headers were cut or contradict themselves. */
    static Fragment of(DecodedPacket packet) {
        CapturedPacket raw = packet.captured();
        ByteBuffer data = raw.data();
        HeaderView view =
                new HeaderView()
                        .wrap(
                                data,
                                0,
                                raw.capturedLength(),
                                raw.wireLength(),
                                LinkType.fromCode(raw.linkType()));
        if (view.transportOffset() < 0) {
            return null;
        }
        int start = view.networkOffset();
        int payload = view.transportOffset();
        int nextHeader = view.protocol();
        if (view.ipVersion() == 6) {
            int fragmentHeader = fragmentHeader(data, start);
            if (fragmentHeader < 0) {
                return null;
            }
            payload = fragmentHeader + FRAGMENT_HEADER_BYTES;
            nextHeader = data.get(fragmentHeader) & 0xFF;
        }
        int behind = payload - view.transportOffset();
        int wireLength = view.transportWireLength() - behind;
        int captured = Math.min(view.transportCapturedLength() - behind, wireLength);
        if (captured < 0 || payload + captured > data.limit()) {
            return null;
        }
        NetworkHeader.Ip ip = packet.ip();
        boolean first = ip.fragmentOffset() == 0;
        return new Fragment(
                packet,
                first ? data.slice(start, payload - start) : null,
                nextHeader,
                ip.fragmentOffset(),
                wireLength,
                !ip.moreFragments(),
                data.slice(payload, captured));
    }

    /** Where IPv6's fragment header stands, or -1; the headers before it were checked already. */
    private static int fragmentHeader(ByteBuffer data, int start) {
        int next = data.get(start + 6) & 0xFF;
        int at = start + IPV6_HEADER_BYTES;
        for (int headers = 0; headers < MAX_EXTENSION_HEADERS; headers++) {
            if (next == IpProtocol.FRAGMENT) {
                return at;
            }
            if (at + 2 > data.limit()) {
                return -1;
            }
            next = data.get(at) & 0xFF;
            at += 8 + 8 * (data.get(at + 1) & 0xFF);
        }
        return -1;
    }

    /** Whether another fragment carries the same bytes at the same place. */
    boolean repeats(Fragment other) {
        return offset == other.offset
                && length == other.length
                && captured.duplicate().equals(other.captured.duplicate());
    }
}
