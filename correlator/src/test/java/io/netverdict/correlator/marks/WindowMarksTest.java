package io.netverdict.correlator.marks;

import static io.netverdict.correlator.marks.SegmentTable.HANDSHAKE;
import static io.netverdict.correlator.marks.SegmentTable.check;

import org.junit.jupiter.api.Test;

class WindowMarksTest {
    @Test
    void shouldMarkAWindowOfZeroButNotThatOfAReset() {
        check(
                HANDSHAKE,
                """
                s 30 ACK     1 1 0 0 | zero-window
                s 40 ACK     1 1 0 1 | window-update
                s 50 RST,ACK 1 1 0 0 |
                """);
    }

    @Test
    void shouldMarkAProbeAndItsAnswer() {
        check(
                HANDSHAKE,
                """
                c 30  ACK 1   1   100 8000 |
                s 40  ACK 1   101 0   0    | zero-window
                c 500 ACK 101 1   1   8000 | zero-window-probe
                s 510 ACK 1   101 0   0    | zero-window zero-window-probe-ack
                s 900 ACK 1   101 0   8000 | window-update
                c 910 ACK 101 1   100 8000 |
                """);
    }

    @Test
    void shouldNotTakeOneByteIntoAnOpenWindowForAProbe() {
        check(
                HANDSHAKE,
                """
                c 30  ACK 1   1   100 8000 |
                s 40  ACK 1   101 0   1    |
                c 500 ACK 101 1   2   8000 |
                """);
    }

    @Test
    void shouldMarkTheSegmentThatUsesUpTheWindow() {
        check(
                """
                c 0  SYN     0   0   0   8000 |
                s 10 SYN,ACK 0   1   0   8000 |
                c 20 ACK     1   1   0   8000 |
                s 30 ACK     1   1   0   200  | window-update
                c 40 ACK     1   1   100 8000 |
                c 41 ACK     101 1   99  8000 |
                c 42 ACK     200 1   1   8000 | window-full
                """);
    }

    @Test
    void shouldScaleTheWindowWhereBothSidesOffer() {
        check(
                """
                c 0  SYN     0    0 0    8000 ws=2 |
                s 10 SYN,ACK 0    1 0    1000 ws=1 |
                c 20 ACK     1    1 0    8000      |
                c 21 ACK     1    1 1000 8000      | window-full
                s 30 ACK     1 1001 0    1000      |
                c 31 ACK     1001 1 1000 8000      |
                c 32 ACK     2001 1 1000 8000      | window-full
                """);
    }

    @Test
    void shouldNotScaleTheWindowWhereOneSideDoesNotOffer() {
        check(
                """
                c 0  SYN     0    0 0    8000      |
                s 10 SYN,ACK 0    1 0    1000 ws=1 |
                c 20 ACK     1    1 0    8000      |
                s 30 ACK     1    1 0    1000      | duplicate-ack
                c 31 ACK     1    1 1000 8000      | window-full
                """);
    }

    @Test
    void shouldNotKnowWhetherTheWindowIsFullWithoutTheSyn() {
        check(
                """
                s 0  ACK 1 1 0    1000 |
                c 10 ACK 1 1 1000 8000 |
                """);
    }
}
