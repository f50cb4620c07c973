package io.netverdict.correlator.marks;

import static io.netverdict.correlator.marks.SegmentTable.HANDSHAKE;
import static io.netverdict.correlator.marks.SegmentTable.check;

import org.junit.jupiter.api.Test;

class AcknowledgmentMarksTest {
    @Test
    void shouldMarkAnAcknowledgmentThatSaysNothingNew() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1 1   100 8000 |
                c 40 ACK 1 101 0   8000 |
                c 50 ACK 1 101 0   8000 | duplicate-ack
                """);
    }

    @Test
    void shouldNotTakeDataOrAFinForADuplicateAck() {
        check(
                HANDSHAKE,
                """
                s 30 ACK     1   1   100 8000 |
                c 40 ACK     1   101 0   8000 |
                c 50 PSH,ACK 1   101 100 8000 |
                c 60 FIN,ACK 101 101 0   8000 |
                """);
    }

    @Test
    void shouldTellAWindowUpdateFromADuplicateAck() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1 1   100 8000 |
                c 40 ACK 1 101 0   7900 |
                c 50 ACK 1 101 0   8000 | window-update
                c 60 ACK 1 101 0   8000 | duplicate-ack
                """);
    }

    @Test
    void shouldMarkAnAcknowledgmentOfBytesThatWereNotCaptured() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1 1   100 8000 |
                c 40 ACK 1 101 0   8000 |
                c 50 ACK 1 102 0   8000 | ack-unseen-segment
                """);
    }

    @Test
    void shouldMarkAnAcknowledgmentAcrossAGap() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1   1   100 8000 |
                s 31 ACK 201 1   100 8000 | lost-segment
                c 40 ACK 1   301 0   8000 | ack-unseen-segment
                """);
    }

    @Test
    void shouldNotMarkAnAcknowledgmentOnceTheGapIsFilled() {
        check(
                HANDSHAKE,
                """
                s 30 ACK 1   1   100 8000 |
                s 31 ACK 201 1   100 8000 | lost-segment
                s 32 ACK 101 1   100 8000 | out-of-order
                c 40 ACK 1   301 0   8000 |
                """);
    }

    @Test
    void shouldMarkAKeepAliveAndItsAnswer() {
        check(
                HANDSHAKE,
                """
                c 30    ACK 1   1   100 8000 |
                s 40    ACK 1   101 0   8000 |
                c 60000 ACK 100 1   1   8000 | keep-alive
                s 60010 ACK 1   101 0   8000 | keep-alive-ack
                c 90000 ACK 100 1   0   8000 | keep-alive
                s 90010 ACK 1   101 0   8000 | keep-alive-ack
                s 90020 ACK 1   101 0   8000 | keep-alive-ack
                """);
    }

    @Test
    void shouldNotTakeTwoBytesOrAFinForAKeepAlive() {
        check(
                HANDSHAKE,
                """
                c 30    ACK     1   1   100 8000 |
                c 60000 ACK     99  1   2   8000 | retransmission
                c 60010 FIN,ACK 100 1   0   8000 | retransmission
                """);
    }

    @Test
    void shouldMarkASynToAUsedPort() {
        check(
                HANDSHAKE,
                """
                c 30   FIN,ACK 1    1    0 8000 |
                s 40   FIN,ACK 1    2    0 8000 |
                c 50   ACK     2    2    0 8000 |
                c 5000 SYN     9000 0    0 8000 | port-reused
                s 5010 SYN,ACK 7000 9001 0 8000 |
                c 5020 ACK     9001 7001 0 8000 |
                """);
    }

    @Test
    void shouldMarkAnAnswerWithAnotherInitialNumber() {
        check(
                """
                c 0  SYN     0 0  0 8000 |
                s 10 RST,ACK 0 1  0 0    |
                s 20 SYN,ACK 5000 1 0 8000 | port-reused
                """);
    }
}
