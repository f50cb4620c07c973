package io.netverdict.service.health;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** Whether the service does its work, and each part of it. */
public record HealthReport(
        @JsonPropertyDescription("failing where any check fails.") State status,
        List<Check> checks) {

    public HealthReport {
        checks = List.copyOf(checks);
    }

    static HealthReport of(List<Check> checks) {
        return new HealthReport(
                checks.stream().allMatch(Check::ok) ? State.OK : State.FAILING, checks);
    }

    /** Whether all is well. */
    public boolean ok() {
        return status == State.OK;
    }

    /** What is wrong, in one line; empty when nothing is. */
    public String problems() {
        return String.join(
                "; ",
                checks.stream()
                        .filter(check -> !check.ok())
                        .map(check -> check.name() + ": " + check.detail())
                        .toList());
    }

    /** How it is. */
    public enum State {
        OK,
        FAILING;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One part. */
    public record Check(
            @JsonPropertyDescription("capture, store, disk or desk.") String name,
            boolean ok,
            @JsonPropertyDescription("What was seen, and what to do where it fails.")
                    String detail) {}
}
