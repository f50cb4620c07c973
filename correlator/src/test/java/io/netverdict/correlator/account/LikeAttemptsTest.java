package io.netverdict.correlator.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpScript;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikeAttemptsTest {
    private static final int TRIES = 30;

    private final PacketScript script = new PacketScript();

    private void refusedAt(int number, double seconds) {
        TcpScript tcp = script.tcp("10.0.0.1:" + (40_000 + number), "10.0.0.2:8080");
        tcp.client().at(seconds).syn();
        tcp.server().at(seconds + 0.01).refuses();
    }

    private Diagnosis diagnosedAt(double seconds) {
        return script.error("dial tcp 10.0.0.2:8080: connect: connection refused")
                .url("http://10.0.0.2:8080/")
                .occurred(seconds)
                .diagnose();
    }

    @Test
    void shouldTellOfManyLikeAttemptsThoseNextToTheError() {
        for (int i = 0; i < TRIES; i++) {
            refusedAt(i, 0.1 * i);
        }

        Diagnosis diagnosis = diagnosedAt(0.1 * TRIES);

        assertEquals(Cause.TCP_REFUSED, diagnosis.verdict().cause());
        List<Operation> told = diagnosis.operations();
        assertEquals(LikeAttempts.MAX_TOLD, told.size());
        assertEquals(LikeAttempts.MAX_TOLD, diagnosis.flows().size());
        assertEquals(2 * LikeAttempts.MAX_TOLD, diagnosis.packets().size());
        assertEquals(TRIES - LikeAttempts.MAX_TOLD, diagnosis.context().get("attemptsLeftOut"));
        Instant first = told.get(0).startedAt();
        Instant last = told.get(told.size() - 1).startedAt();
        assertEquals(1_100, last.toEpochMilli() - first.toEpochMilli(), 1);
    }

    @Test
    void shouldTellAllOfFew() {
        for (int i = 0; i < LikeAttempts.MAX_TOLD; i++) {
            refusedAt(i, 0.1 * i);
        }

        Diagnosis diagnosis = diagnosedAt(2);

        assertEquals(LikeAttempts.MAX_TOLD, diagnosis.operations().size());
        assertFalse(diagnosis.context().containsKey("attemptsLeftOut"));
    }
}
