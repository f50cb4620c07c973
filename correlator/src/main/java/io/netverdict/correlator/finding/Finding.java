package io.netverdict.correlator.finding;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.tcp.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A cause that fits, how well, and what shows it. Immutable; made with {@link #of}.
 *
 * @param strength 0 to 1: how well the packets alone support it
 * @param hint what happened, with the deciding figures; becomes the verdict's hint
 * @param detail further sentences for the explanation; may be empty
 * @param decidedNanos when the client met the failure, nanoseconds since the epoch
 */
public record Finding(
        Cause cause,
        double strength,
        Blame blame,
        Phase phase,
        String hint,
        String detail,
        List<Evidence> evidence,
        long decidedNanos)
        implements Assessment {

    public Finding {
        Objects.requireNonNull(cause, "cause");
        evidence = List.copyOf(evidence);
    }

    public static Builder of(Cause cause) {
        return new Builder(cause);
    }

    /** This finding with another strength. */
    public Finding withStrength(double other) {
        return new Finding(cause, other, blame, phase, hint, detail, evidence, decidedNanos);
    }

    /** This finding blaming somebody else. */
    public Finding withBlame(Blame other) {
        return new Finding(cause, strength, other, phase, hint, detail, evidence, decidedNanos);
    }

    /** This finding with one more sentence behind its explanation. */
    public Finding withDetail(String sentence) {
        String all = detail.isEmpty() ? sentence : detail + " " + sentence;
        return new Finding(cause, strength, blame, phase, hint, all, evidence, decidedNanos);
    }

    /** This finding with more evidence behind its own. */
    public Finding withEvidence(List<Evidence> more) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.addAll(more);
        return new Finding(cause, strength, blame, phase, hint, detail, all, decidedNanos);
    }

    /** Collects a finding; not thread-safe. */
    public static final class Builder {
        private final Cause cause;
        private final List<Evidence> evidence = new ArrayList<>();
        private double strength = 0.9;
        private Blame blame;
        private Phase phase;
        private String hint;
        private String detail = "";
        private long decidedNanos;

        private Builder(Cause cause) {
            this.cause = cause;
            this.blame = cause.usualBlame();
            this.phase = cause.usualPhase();
            this.hint = cause.summary();
        }

        public Builder strength(double value) {
            strength = value;
            return this;
        }

        public Builder blame(Blame value) {
            blame = value;
            return this;
        }

        public Builder phase(Phase value) {
            phase = value;
            return this;
        }

        public Builder hint(String value) {
            hint = value;
            return this;
        }

        public Builder detail(String value) {
            detail = value;
            return this;
        }

        public Builder decidedAt(long nanos) {
            decidedNanos = nanos;
            return this;
        }

        public Builder evidence(String text, Collection<Segment> segments) {
            evidence.add(new Evidence(text, segments.stream().map(Segment::number).toList()));
            return this;
        }

        public Builder evidence(String text, Segment... segments) {
            List<Long> frames = new ArrayList<>();
            for (Segment segment : segments) {
                if (segment != null) {
                    frames.add(segment.number());
                }
            }
            evidence.add(new Evidence(text, frames));
            return this;
        }

        public Builder evidencePackets(String text, Collection<DecodedPacket> packets) {
            evidence.add(
                    new Evidence(
                            text,
                            packets.stream()
                                    .filter(Objects::nonNull)
                                    .map(DecodedPacket::number)
                                    .toList()));
            return this;
        }

        public Builder evidencePacket(String text, DecodedPacket... packets) {
            List<Long> frames = new ArrayList<>();
            for (DecodedPacket packet : packets) {
                if (packet != null) {
                    frames.add(packet.number());
                }
            }
            evidence.add(new Evidence(text, frames));
            return this;
        }

        public Finding build() {
            return new Finding(cause, strength, blame, phase, hint, detail, evidence, decidedNanos);
        }
    }
}
