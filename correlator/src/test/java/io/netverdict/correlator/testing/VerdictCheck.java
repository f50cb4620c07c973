package io.netverdict.correlator.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Alternative;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.model.Verdict;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asserts on a verdict. What holds for every verdict is asserted unasked: a short hint, evidence
 * that cites packets of the recording and of the slice, alternatives that say what speaks against
 * them.
 */
public final class VerdictCheck {
    private static final double SURE = 0.85;

    /** From here on a verdict is taken for certain. */
    private static final double ACTED_UPON = 0.9;

    private static final double UNSURE = 0.7;

    private final Diagnosis diagnosis;
    private final Verdict verdict;
    private final Set<Long> cited;

    VerdictCheck(Diagnosis diagnosis, MemoryRecording recording) {
        this.diagnosis = diagnosis;
        this.verdict = diagnosis.verdict();
        this.cited =
                verdict.evidence().stream()
                        .flatMap(e -> e.frames().stream())
                        .collect(Collectors.toSet());
        assertTrue(verdict.hint().length() <= Verdict.MAX_HINT_LENGTH, verdict.hint());
        assertFalse(verdict.hint().isBlank(), this::told);
        assertFalse(verdict.evidence().isEmpty(), this::told);
        for (Evidence evidence : verdict.evidence()) {
            assertFalse(evidence.text().isBlank(), this::told);
        }
        long last = recording.coverage().packets();
        Set<Long> slice = new HashSet<>();
        diagnosis.packets().stream().map(CapturedPacket::number).forEach(slice::add);
        for (long frame : cited) {
            assertTrue(frame >= 1 && frame <= last, () -> "frame=" + frame + " in " + told());
            assertTrue(slice.contains(frame), () -> frame + " is not in the slice: " + told());
        }
        Set<Cause> named = new HashSet<>(Set.of(verdict.cause()));
        for (Alternative alternative : verdict.alternatives()) {
            assertTrue(named.add(alternative.cause()), () -> "twice: " + alternative);
            assertFalse(alternative.against().isBlank(), alternative::toString);
            assertTrue(alternative.confidence() <= verdict.confidence(), this::told);
        }
    }

    private String told() {
        return verdict + " cites " + cited;
    }

    public Diagnosis diagnosis() {
        return diagnosis;
    }

    public VerdictCheck is(Cause cause) {
        assertEquals(cause, verdict.cause(), this::told);
        return this;
    }

    public VerdictCheck isNot(Cause cause) {
        assertNotEquals(cause, verdict.cause(), this::told);
        return this;
    }

    public VerdictCheck blames(Blame blame) {
        assertEquals(blame, verdict.blame(), this::told);
        return this;
    }

    public VerdictCheck in(Phase phase) {
        assertEquals(phase, verdict.phase(), this::told);
        return this;
    }

    /** The evidence points at these packets, whatever else it points at. */
    public VerdictCheck cites(ScriptedPacket... packets) {
        for (ScriptedPacket packet : packets) {
            assertTrue(
                    packet.number() > 0 && cited.contains(packet.number()),
                    () -> "frame " + packet.number() + " is not cited: " + told());
        }
        return this;
    }

    /** The evidence does not point at this packet. */
    public VerdictCheck leavesOut(ScriptedPacket packet) {
        assertFalse(cited.contains(packet.number()), this::told);
        return this;
    }

    /** The hint holds these figures. */
    public VerdictCheck hints(String... figures) {
        for (String figure : figures) {
            assertTrue(verdict.hint().contains(figure), () -> figure + " in " + verdict.hint());
        }
        return this;
    }

    /** The evidence names this. */
    public VerdictCheck shows(String text) {
        assertTrue(
                verdict.evidence().stream().anyMatch(e -> e.text().contains(text)),
                () -> text + " in " + told());
        return this;
    }

    /** The evidence does not name this. */
    public VerdictCheck showsNothingOf(String text) {
        assertTrue(
                verdict.evidence().stream().noneMatch(e -> e.text().contains(text)),
                () -> text + " in " + told());
        return this;
    }

    public VerdictCheck sure() {
        assertTrue(verdict.confidence() >= SURE, this::told);
        return this;
    }

    /** Whoever acts on it may do so blindly. */
    public VerdictCheck certain() {
        assertTrue(verdict.confidence() >= ACTED_UPON, this::told);
        return this;
    }

    /** It may be right, and whoever acts on it should look again. */
    public VerdictCheck notSure() {
        assertTrue(verdict.confidence() < ACTED_UPON, this::told);
        return this;
    }

    /** Packets cannot tell: the verdict says so by its confidence. */
    public VerdictCheck unsure() {
        assertTrue(verdict.confidence() < UNSURE, this::told);
        return this;
    }

    /** A neighbour is named among the alternatives, with what speaks against it. */
    public VerdictCheck considered(Cause cause) {
        assertTrue(verdict.alternatives().stream().anyMatch(a -> a.cause() == cause), this::told);
        return this;
    }
}
