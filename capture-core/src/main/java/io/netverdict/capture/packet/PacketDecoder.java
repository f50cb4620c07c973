package io.netverdict.capture.packet;

import io.netverdict.capture.packet.DecodedPacket.Integrity;
import io.netverdict.capture.packet.Transport.QuotedPacket;
import io.netverdict.capture.packet.Transport.SackBlock;
import io.netverdict.capture.packet.Transport.TcpOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads a captured packet's headers into a {@link DecodedPacket}: cold path.
 *
 * <p>Never throws on network bytes; headers that were cut or contradict themselves end the decoding
 * there. Not thread-safe: one instance a thread.
 */
public final class PacketDecoder {
    private static final int TCP_MIN_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int ICMP_HEADER_BYTES = 8;

    /** Type, code and checksum: enough to tell what a message is. */
    private static final int ICMP_TYPE_BYTES = 4;

    private static final int ARP_BYTES = 28;
    private static final int NEIGHBOR_TARGET_OFFSET = 8;

    private static final int OPTION_END = 0;
    private static final int OPTION_NOP = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_WINDOW_SCALE = 3;
    private static final int OPTION_SACK_PERMITTED = 4;
    private static final int OPTION_SACK = 5;
    private static final int OPTION_TIMESTAMPS = 8;

    private final HeaderView view = new HeaderView();
    private final HeaderView quotedView = new HeaderView();

    /** Reads the headers of one packet. */
    public DecodedPacket decode(CapturedPacket packet) {
        LinkType linkType = LinkType.fromCode(packet.linkType());
        ByteBuffer data = packet.data();
        view.wrap(data, 0, packet.capturedLength(), packet.wireLength(), linkType);
        PacketDirection direction =
                packet.direction() == PacketDirection.UNKNOWN
                        ? view.direction()
                        : packet.direction();
        NetworkHeader network = new NetworkHeader.None(view.etherType());
        Transport transport = new Transport.None();
        boolean whole = true;
        if (view.ipVersion() != 0) {
            network = ipHeader(view, data);
            transport = transport(data);
            whole = view.transportOffset() >= 0 && isWhole(transport);
        } else if (view.etherType() == HeaderView.ETHERTYPE_ARP) {
            NetworkHeader.Arp arp = arp(data);
            whole = arp != null;
            network = arp == null ? network : arp;
        }
        Integrity integrity;
        if (linkType == LinkType.UNKNOWN) {
            integrity = Integrity.UNSUPPORTED;
        } else if (view.malformed()) {
            integrity = Integrity.MALFORMED;
        } else if (view.truncated()) {
            integrity = Integrity.TRUNCATED;
        } else if (!whole) {
            integrity =
                    packet.capturedLength() < packet.wireLength()
                            ? Integrity.TRUNCATED
                            : Integrity.MALFORMED;
        } else {
            integrity = Integrity.COMPLETE;
        }
        return new DecodedPacket(packet, direction, view.vlanId(), network, transport, integrity);
    }

    private boolean isWhole(Transport transport) {
        return transport instanceof Transport.Icmp
                ? view.transportCapturedLength() >= ICMP_HEADER_BYTES
                : !(transport instanceof Transport.None);
    }

    private static NetworkHeader.Ip ipHeader(HeaderView view, ByteBuffer data) {
        int offset = view.networkOffset();
        boolean v6 = view.ipVersion() == 6;
        int hopLimit = data.get(offset + (v6 ? 7 : 8)) & 0xFF;
        boolean dontFragment =
                v6 ? view.fragmentId() < 0 : (data.getShort(offset + 6) & 0x4000) != 0;
        return new NetworkHeader.Ip(
                view.ipVersion(),
                new IpAddress(v6, view.sourceHigh(), view.sourceLow()),
                new IpAddress(v6, view.destinationHigh(), view.destinationLow()),
                hopLimit,
                view.protocol(),
                view.fragmentId(),
                dontFragment,
                view.moreFragments(),
                view.fragmentOffset(),
                view.transportWireLength());
    }

    private static NetworkHeader.Arp arp(ByteBuffer data, int offset) {
        if (data.limit() - offset < ARP_BYTES
                || data.getShort(offset + 2) != (short) HeaderView.ETHERTYPE_IPV4
                || data.get(offset + 4) != 6
                || data.get(offset + 5) != 4) {
            return null;
        }
        return new NetworkHeader.Arp(
                data.getShort(offset + 6) & 0xFFFF,
                hardware(data, offset + 8),
                IpAddress.ofV4(data.getInt(offset + 14)),
                hardware(data, offset + 18),
                IpAddress.ofV4(data.getInt(offset + 24)));
    }

    private NetworkHeader.Arp arp(ByteBuffer data) {
        return arp(data, view.networkOffset());
    }

    private static String hardware(ByteBuffer data, int offset) {
        byte[] address = new byte[6];
        data.get(offset, address);
        return HexFormat.ofDelimiter(":").formatHex(address);
    }

    private Transport transport(ByteBuffer data) {
        int offset = view.transportOffset();
        if (offset < 0) {
            return new Transport.None();
        }
        int captured = view.transportCapturedLength();
        int wire = view.transportWireLength();
        if (view.fragmentOffset() > 0) {
            return new Transport.LaterFragment(slice(data, offset, captured), wire);
        }
        return switch (view.protocol()) {
            case IpProtocol.TCP -> tcp(data, offset, captured, wire);
            case IpProtocol.UDP -> udp(data, offset, captured);
            case IpProtocol.ICMP -> icmp(data, offset, captured, 4);
            case IpProtocol.ICMPV6 -> icmp(data, offset, captured, 6);
            default -> new Transport.Other(view.protocol(), slice(data, offset, captured));
        };
    }

    private static ByteBuffer slice(ByteBuffer data, int offset, int length) {
        return data.slice(offset, length);
    }

    private static Transport tcp(ByteBuffer data, int offset, int captured, int wire) {
        if (captured < TCP_MIN_HEADER_BYTES) {
            return new Transport.None();
        }
        int headerLength = ((data.get(offset + 12) & 0xF0) >>> 4) * 4;
        if (headerLength < TCP_MIN_HEADER_BYTES || headerLength > wire) {
            return new Transport.None();
        }
        int optionsEnd = Math.min(headerLength, captured);
        ByteBuffer payload = slice(data, offset + optionsEnd, Math.max(0, captured - headerLength));
        return new Transport.Tcp(
                data.getShort(offset) & 0xFFFF,
                data.getShort(offset + 2) & 0xFFFF,
                data.getInt(offset + 4) & 0xFFFF_FFFFL,
                data.getInt(offset + 8) & 0xFFFF_FFFFL,
                data.get(offset + 13) & 0xFF,
                data.getShort(offset + 14) & 0xFFFF,
                options(
                        data,
                        offset + TCP_MIN_HEADER_BYTES,
                        offset + optionsEnd,
                        optionsEnd == headerLength),
                payload,
                wire - headerLength);
    }

    private static TcpOptions options(ByteBuffer data, int start, int end, boolean whole) {
        if (start == end && whole) {
            return TcpOptions.NONE;
        }
        int maximumSegmentSize = -1;
        int windowScale = -1;
        boolean sackPermitted = false;
        long timestampValue = -1;
        long timestampEcho = -1;
        List<SackBlock> sack = new ArrayList<>();
        boolean complete = whole;
        int at = start;
        while (at < end) {
            int kind = data.get(at) & 0xFF;
            if (kind == OPTION_END) {
                break;
            }
            if (kind == OPTION_NOP) {
                at++;
                continue;
            }
            int length = at + 1 < end ? data.get(at + 1) & 0xFF : 0;
            if (length < 2 || at + length > end) {
                complete = false;
                break;
            }
            if (kind == OPTION_MSS && length == 4) {
                maximumSegmentSize = data.getShort(at + 2) & 0xFFFF;
            } else if (kind == OPTION_WINDOW_SCALE && length == 3) {
                windowScale = data.get(at + 2) & 0xFF;
            } else if (kind == OPTION_SACK_PERMITTED && length == 2) {
                sackPermitted = true;
            } else if (kind == OPTION_TIMESTAMPS && length == 10) {
                timestampValue = data.getInt(at + 2) & 0xFFFF_FFFFL;
                timestampEcho = data.getInt(at + 6) & 0xFFFF_FFFFL;
            } else if (kind == OPTION_SACK) {
                for (int block = at + 2; block + 8 <= at + length; block += 8) {
                    sack.add(
                            new SackBlock(
                                    data.getInt(block) & 0xFFFF_FFFFL,
                                    data.getInt(block + 4) & 0xFFFF_FFFFL));
                }
            }
            at += length;
        }
        return new TcpOptions(
                maximumSegmentSize,
                windowScale,
                sackPermitted,
                timestampValue,
                timestampEcho,
                sack,
                complete);
    }

    private static Transport udp(ByteBuffer data, int offset, int captured) {
        if (captured < UDP_HEADER_BYTES) {
            return new Transport.None();
        }
        int length = data.getShort(offset + 4) & 0xFFFF;
        int payloadLength = Math.max(0, length - UDP_HEADER_BYTES);
        int available = Math.min(captured - UDP_HEADER_BYTES, payloadLength);
        return new Transport.Udp(
                data.getShort(offset) & 0xFFFF,
                data.getShort(offset + 2) & 0xFFFF,
                slice(data, offset + UDP_HEADER_BYTES, available),
                payloadLength);
    }

    private Transport icmp(ByteBuffer data, int offset, int captured, int version) {
        if (captured < ICMP_TYPE_BYTES) {
            return new Transport.None();
        }
        int type = data.get(offset) & 0xFF;
        int code = data.get(offset + 1) & 0xFF;
        boolean headerCut = captured < ICMP_HEADER_BYTES;
        long rest = headerCut ? 0 : data.getInt(offset + 4) & 0xFFFF_FFFFL;
        Transport.Icmp message = new Transport.Icmp(version, type, code, rest, null, null);
        boolean neighbor =
                version == 6
                        && (type == Transport.Icmp.V6_NEIGHBOR_SOLICITATION
                                || type == Transport.Icmp.V6_NEIGHBOR_ADVERTISEMENT);
        if (neighbor && captured >= NEIGHBOR_TARGET_OFFSET + 16) {
            IpAddress target =
                    IpAddress.ofV6(
                            data.getLong(offset + NEIGHBOR_TARGET_OFFSET),
                            data.getLong(offset + NEIGHBOR_TARGET_OFFSET + 8));
            return new Transport.Icmp(version, type, code, rest, null, target);
        }
        if (headerCut || !message.isError()) {
            return message;
        }
        QuotedPacket quoted =
                quoted(data, offset + ICMP_HEADER_BYTES, captured - ICMP_HEADER_BYTES);
        return new Transport.Icmp(version, type, code, rest, quoted, null);
    }

    /** Quotes are cut on purpose, so their own length field says nothing about truncation. */
    private QuotedPacket quoted(ByteBuffer data, int offset, int length) {
        quotedView.wrap(data, offset, length, 1 << 16, LinkType.RAW);
        if (quotedView.ipVersion() == 0) {
            return null;
        }
        NetworkHeader.Ip ip = ipHeader(quotedView, data);
        if (!quotedView.hasPorts()) {
            return new QuotedPacket(ip, -1, -1, -1);
        }
        long sequence =
                ip.protocol() == IpProtocol.TCP && quotedView.transportCapturedLength() >= 8
                        ? data.getInt(quotedView.transportOffset() + 4) & 0xFFFF_FFFFL
                        : -1;
        return new QuotedPacket(
                ip, quotedView.sourcePort(), quotedView.destinationPort(), sequence);
    }
}
