package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportGateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void shouldAdmitABurstThenARateAndTellHowManyItLeftOut() {
        ReportGate gate = new ReportGate(2, 3);
        for (int count = 0; count < 3; count++) {
            assertEquals(0, gate.ask("a", 0));
        }
        assertEquals(ReportGate.LEFT_OUT, gate.ask("a", 0));
        assertEquals(ReportGate.LEFT_OUT, gate.ask("a", SECOND / 4));
        assertEquals(2, gate.ask("a", SECOND));
        assertEquals(0, gate.ask("b", SECOND));
    }

    @Test
    void shouldRememberABoundedNumberOfHosts() {
        ReportGate gate = new ReportGate(1, 1);
        for (int host = 0; host < 100_000; host++) {
            gate.ask("host" + host, host);
        }
        assertTrue(gate.hosts() <= 256, "hosts=" + gate.hosts());
    }

    @Test
    void shouldTryAServiceThatIsAwayAfterGrowingPauses() {
        ServiceBackoff backoff = new ServiceBackoff();
        assertTrue(backoff.admits(0));
        assertTrue(backoff.failed(0));
        assertFalse(backoff.admits(SECOND - 1));
        assertTrue(backoff.admits(SECOND));
        assertFalse(backoff.admits(SECOND), "one at the end of a pause");
        assertFalse(backoff.failed(SECOND));
        assertFalse(backoff.admits(3 * SECOND - 1));
        assertTrue(backoff.admits(3 * SECOND));
        assertTrue(backoff.succeeded());
        assertTrue(backoff.admits(3 * SECOND));
    }

    @Test
    void shouldKnowAnErrorAndItsCausesForAWhile() {
        ReportedErrors errors = new ReportedErrors();
        Exception cause = new Exception("cause");
        assertFalse(errors.note(cause, 0));
        assertTrue(errors.note(new Exception("wrapper", cause), SECOND));
        assertFalse(errors.note(new Exception("another"), SECOND));
        assertFalse(errors.note(cause, 60 * SECOND));
        for (int count = 0; count < 10_000; count++) {
            assertFalse(errors.note(new Exception("many"), SECOND));
        }
    }
}
