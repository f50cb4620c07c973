package io.netverdict.nativelib.sockdiag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The part of TCP_INFO that every kernel has (linux/tcp.h, struct tcp_info).
 *
 * @param retransmitsInARow of the oldest segment
 * @param retransmitTimeoutMicros the present one, backed off
 * @param segmentSizeBytes sent at most
 * @param unackedSegments in flight
 * @param lostSegments of those, taken for lost
 * @param pathMtuBytes what the kernel thinks passes
 * @param roundTripMicros smoothed
 * @param congestionWindowSegments may be in flight at once
 * @param retransmittedSegments in the socket's life
 */
public record TcpInfo(
        int retransmitsInARow,
        long retransmitTimeoutMicros,
        long segmentSizeBytes,
        long unackedSegments,
        long lostSegments,
        long pathMtuBytes,
        long roundTripMicros,
        long congestionWindowSegments,
        long retransmittedSegments) {
    private static final int RETRANSMITS = 2;
    private static final int RTO = 8;
    private static final int SND_MSS = 16;
    private static final int UNACKED = 24;
    private static final int LOST = 32;
    private static final int PMTU = 60;
    private static final int RTT = 68;
    private static final int SND_CWND = 80;
    private static final int TOTAL_RETRANS = 100;
    private static final int LEAST_BYTES = 104;

    static Optional<TcpInfo> of(byte[] bytes) {
        if (bytes.length < LEAST_BYTES) {
            return Optional.empty();
        }
        ByteBuffer info = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return Optional.of(
                new TcpInfo(
                        info.get(RETRANSMITS) & 0xFF,
                        number(info, RTO),
                        number(info, SND_MSS),
                        number(info, UNACKED),
                        number(info, LOST),
                        number(info, PMTU),
                        number(info, RTT),
                        number(info, SND_CWND),
                        number(info, TOTAL_RETRANS)));
    }

    private static long number(ByteBuffer info, int offset) {
        return info.getInt(offset) & 0xFFFF_FFFFL;
    }
}
