package io.netverdict.capture.packet;

import java.nio.ByteBuffer;
import java.util.List;

/** What stands behind the IP header. Payload views are read-only and big-endian. */
public sealed interface Transport {

    /** The source port, 0 where there is none. */
    default int sourcePort() {
        return 0;
    }

    /** The destination port, 0 where there is none. */
    default int destinationPort() {
        return 0;
    }

    /**
     * A TCP segment (RFC 9293).
     *
     * @param sequence 0 to 2^32-1
     * @param acknowledgment 0 to 2^32-1
     * @param flags the eight flag bits, see the constants
     * @param window as on the wire, not scaled
     * @param payload the captured part of the payload
     * @param payloadLength payload bytes on the wire
     */
    record Tcp(
            int sourcePort,
            int destinationPort,
            long sequence,
            long acknowledgment,
            int flags,
            int window,
            TcpOptions options,
            ByteBuffer payload,
            int payloadLength)
            implements Transport {
        public static final int FIN = 0x01;
        public static final int SYN = 0x02;
        public static final int RST = 0x04;
        public static final int PSH = 0x08;
        public static final int ACK = 0x10;
        public static final int URG = 0x20;

        @Override
        public ByteBuffer payload() {
            return payload.duplicate();
        }

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        public boolean fin() {
            return has(FIN);
        }

        public boolean syn() {
            return has(SYN);
        }

        public boolean rst() {
            return has(RST);
        }

        public boolean ack() {
            return has(ACK);
        }

        /** Whether the snap length cut the payload. */
        public boolean payloadCut() {
            return payload.remaining() < payloadLength;
        }

        /** Sequence numbers taken: payload, and one each for SYN and FIN. */
        public long sequenceLength() {
            return payloadLength + (syn() ? 1L : 0L) + (fin() ? 1L : 0L);
        }
    }

    /**
     * TCP options (RFC 9293 3.1, RFC 7323, RFC 2018).
     *
     * @param maximumSegmentSize bytes, or -1
     * @param windowScale shift count, or -1
     * @param timestampValue 0 to 2^32-1, or -1
     * @param timestampEcho 0 to 2^32-1, or -1
     * @param sack blocks as they stand
     * @param complete false where options were cut or malformed
     */
    record TcpOptions(
            int maximumSegmentSize,
            int windowScale,
            boolean sackPermitted,
            long timestampValue,
            long timestampEcho,
            List<SackBlock> sack,
            boolean complete) {
        public static final TcpOptions NONE =
                new TcpOptions(-1, -1, false, -1, -1, List.of(), true);

        public TcpOptions {
            sack = List.copyOf(sack);
        }

        // Written out, as in Endpoint.
        @Override
        public boolean equals(Object other) {
            return other instanceof TcpOptions that
                    && maximumSegmentSize == that.maximumSegmentSize
                    && windowScale == that.windowScale
                    && sackPermitted == that.sackPermitted
                    && timestampValue == that.timestampValue
                    && timestampEcho == that.timestampEcho
                    && sack.equals(that.sack)
                    && complete == that.complete;
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(timestampValue) + sack.hashCode();
        }
    }

    /** A SACK block: left edge inclusive, right edge exclusive, raw sequence numbers. */
    record SackBlock(long left, long right) {}

    /**
     * A UDP datagram, or the first fragment of one (RFC 768).
     *
     * @param payload the captured part of the payload
     * @param payloadLength payload bytes of the whole datagram, as its header says
     */
    record Udp(int sourcePort, int destinationPort, ByteBuffer payload, int payloadLength)
            implements Transport {
        @Override
        public ByteBuffer payload() {
            return payload.duplicate();
        }

        public boolean payloadCut() {
            return payload.remaining() < payloadLength;
        }
    }

    /**
     * An ICMP (RFC 792) or ICMPv6 (RFC 4443, RFC 4861) message.
     *
     * @param version 4 or 6
     * @param rest the four bytes behind the checksum: echo id and sequence, next-hop MTU, …
     * @param quoted the quoted packet of an error message, or null
     * @param neighborTarget the target of a neighbor solicitation or advertisement, or null
     */
    record Icmp(
            int version,
            int type,
            int code,
            long rest,
            QuotedPacket quoted,
            IpAddress neighborTarget)
            implements Transport {
        public static final int V4_ECHO_REPLY = 0;
        public static final int V4_UNREACHABLE = 3;
        public static final int V4_ECHO = 8;
        public static final int V4_TIME_EXCEEDED = 11;
        public static final int V6_UNREACHABLE = 1;
        public static final int V6_PACKET_TOO_BIG = 2;
        public static final int V6_TIME_EXCEEDED = 3;
        public static final int V6_ECHO = 128;
        public static final int V6_ECHO_REPLY = 129;
        public static final int V6_NEIGHBOR_SOLICITATION = 135;
        public static final int V6_NEIGHBOR_ADVERTISEMENT = 136;
        public static final int V4_CODE_FRAGMENTATION_NEEDED = 4;
        public static final int CODE_REASSEMBLY_TIME_EXCEEDED = 1;

        /** Whether this message reports an error about another packet. */
        public boolean isError() {
            return version == 4
                    ? type == V4_UNREACHABLE || type == V4_TIME_EXCEEDED || type == 12 || type == 5
                    : type < 128;
        }

        /** The next-hop MTU of fragmentation-needed or packet-too-big, or -1. */
        public long nextHopMtu() {
            if (version == 4 && type == V4_UNREACHABLE && code == V4_CODE_FRAGMENTATION_NEEDED) {
                return rest & 0xFFFF;
            }
            return version == 6 && type == V6_PACKET_TOO_BIG ? rest : -1;
        }
    }

    /**
     * The start of a packet that an ICMP error quotes.
     *
     * @param ip its IP header
     * @param sourcePort -1 where the quote is too short or the protocol has none
     * @param destinationPort likewise
     * @param tcpSequence the sequence number of a quoted TCP segment, or -1
     */
    record QuotedPacket(
            NetworkHeader.Ip ip, int sourcePort, int destinationPort, long tcpSequence) {
        public boolean hasPorts() {
            return sourcePort >= 0;
        }
    }

    /** A fragment other than the first. */
    record LaterFragment(ByteBuffer payload, int payloadLength) implements Transport {
        @Override
        public ByteBuffer payload() {
            return payload.duplicate();
        }
    }

    /** Another transport protocol. */
    record Other(int protocol, ByteBuffer payload) implements Transport {
        @Override
        public ByteBuffer payload() {
            return payload.duplicate();
        }
    }

    /** Nothing readable. */
    record None() implements Transport {}
}
