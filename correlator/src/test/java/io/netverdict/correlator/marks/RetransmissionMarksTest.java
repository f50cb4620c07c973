package io.netverdict.correlator.marks;

import static io.netverdict.correlator.marks.SegmentTable.HANDSHAKE;
import static io.netverdict.correlator.marks.SegmentTable.check;

import org.junit.jupiter.api.Test;

class RetransmissionMarksTest {
    @Test
    void shouldMarkDataSentAgainAfterTheRoundTrip() {
        check(
                HANDSHAKE,
                """
                c 30  PSH,ACK 1   1 100 8000 |
                c 40  PSH,ACK 101 1 100 8000 |
                c 300 PSH,ACK 1   1 100 8000 | retransmission
                """);
    }

    @Test
    void shouldTakeAnOlderSegmentWithinTheRoundTripForReordering() {
        check(
                HANDSHAKE,
                """
                c 30   PSH,ACK 1   1 100 8000 |
                c 40   PSH,ACK 201 1 100 8000 | lost-segment
                c 59.9 PSH,ACK 101 1 100 8000 | out-of-order
                """);
    }

    @Test
    void shouldTakeAnOlderSegmentBehindTheRoundTripForARetransmission() {
        check(
                HANDSHAKE,
                """
                c 30 PSH,ACK 1   1 100 8000 |
                c 40 PSH,ACK 201 1 100 8000 | lost-segment
                c 60 PSH,ACK 101 1 100 8000 | retransmission
                """);
    }

    @Test
    void shouldAssumeThreeMillisecondsWhereTheHandshakeIsMissing() {
        check(
                """
                c 30   PSH,ACK 1   1 100 8000 |
                c 40   PSH,ACK 201 1 100 8000 | lost-segment
                c 42.9 PSH,ACK 101 1 50  8000 | out-of-order
                c 43   PSH,ACK 151 1 50  8000 | retransmission
                """);
    }

    @Test
    void shouldNotTakeTheNewestBytesSentAgainForReordering() {
        check(
                HANDSHAKE,
                """
                c 30 PSH,ACK 1 1 100 8000 |
                c 31 PSH,ACK 1 1 100 8000 | retransmission
                """);
    }

    @Test
    void shouldMarkTheHandshakeSentAgain() {
        check(
                """
                c 0    SYN     0 0 0 8000 |
                c 1000 SYN     0 0 0 8000 | retransmission
                s 1010 SYN,ACK 0 1 0 8000 |
                s 2010 SYN,ACK 0 1 0 8000 | retransmission
                c 2020 ACK     1 1 0 8000 |
                """);
    }

    @Test
    void shouldMarkAFinSentAgain() {
        check(
                HANDSHAKE,
                """
                c 30  FIN,ACK 1 1 0 8000 |
                c 300 FIN,ACK 1 1 0 8000 | retransmission
                s 310 ACK     1 2 0 8000 |
                """);
    }

    @Test
    void shouldMarkAFastRetransmissionAfterTwoDuplicateAcks() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1   1 100 8000 |
                s 31 ACK 201 1 100 8000 | lost-segment
                s 32 ACK 301 1 100 8000 |
                s 33 ACK 401 1 100 8000 |
                c 40 ACK 1 101 0   8000 |
                c 41 ACK 1 101 0   8000 | duplicate-ack
                c 42 ACK 1 101 0   8000 | duplicate-ack
                s 61.9 ACK 101 1 100 8000 | retransmission fast-retransmission
                """);
    }

    @Test
    void shouldMarkAPlainRetransmissionAfterOneDuplicateAckOrTwentyMilliseconds() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1   1 100 8000 |
                s 31 ACK 201 1 100 8000 | lost-segment
                c 40 ACK 1 101 0   8000 |
                c 41 ACK 1 101 0   8000 | duplicate-ack
                s 60 ACK 101 1 100 8000 | retransmission
                c 90 ACK 1 301 0   8000 |
                s 95 ACK 301 1 100 8000 |
                s 96 ACK 501 1 100 8000 | lost-segment
                c 97 ACK 1 401 0   8000 |
                c 98 ACK 1 401 0   8000 | duplicate-ack
                c 99 ACK 1 401 0   8000 | duplicate-ack
                s 119 ACK 401 1 100 8000 | retransmission
                """);
    }

    @Test
    void shouldCallARetransmissionOfAcknowledgedDataSpurious() {
        check(
                HANDSHAKE,
                """
                c 30  ACK 1 1   100 8000 |
                s 40  ACK 1 101 0   8000 |
                c 300 ACK 1 1   100 8000 | retransmission spurious-retransmission
                """);
    }

    @Test
    void shouldNotCallItSpuriousWhereOneByteIsNotAcknowledged() {
        check(
                HANDSHAKE,
                """
                c 30  ACK 1 1   101 8000 |
                s 40  ACK 1 101 0   8000 |
                c 300 ACK 1 1   101 8000 | retransmission
                """);
    }

    @Test
    void shouldMarkAGapAndNotWhatFollowsIt() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1   1 100 8000 |
                s 31 ACK 102 1 100 8000 | lost-segment
                s 32 ACK 202 1 100 8000 |
                s 33 RST 900 0 0   0    |
                """);
    }

    @Test
    void shouldMarkNothingInACleanConnection() {
        check(
                HANDSHAKE,
                """
                c 30 PSH,ACK 1   1   300 8000 |
                s 40 ACK     1   301 0   8000 |
                s 50 PSH,ACK 1   301 900 8000 |
                c 60 ACK     301 901 0   8000 |
                c 70 FIN,ACK 301 901 0   8000 |
                s 80 FIN,ACK 901 302 0   8000 |
                c 90 ACK     302 902 0   8000 |
                """);
    }
}
