package io.netverdict.correlator.survey;

import io.netverdict.correlator.survey.Accusation.Target;
import java.util.ArrayList;
import java.util.List;

/** Conversations that the same cause broke at the same target. For one thread. */
final class AccusationGroup {
    /** So many are told one by one; of the others only how many they are. */
    static final int MAX_MEMBERS = 4;

    private final Target target;
    private final List<Accusation> members = new ArrayList<>();
    private long count;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private Accusation leader;

    AccusationGroup(Target target) {
        this.target = target;
    }

    void add(Accusation accusation) {
        count++;
        firstNanos = Math.min(firstNanos, accusation.fromNanos());
        lastNanos = Math.max(lastNanos, accusation.fromNanos());
        if (leader == null || accusation.confidence() > leader.confidence()) {
            leader = accusation;
        }
        if (members.size() < MAX_MEMBERS) {
            members.add(accusation);
        }
    }

    void addAll(AccusationGroup other) {
        long before = count;
        other.members.forEach(this::add);
        count = before + other.count;
        firstNanos = Math.min(firstNanos, other.firstNanos);
        lastNanos = Math.max(lastNanos, other.lastNanos);
    }

    Target target() {
        return target;
    }

    long count() {
        return count;
    }

    /** When the first of them began. */
    long firstNanos() {
        return firstNanos;
    }

    /** When the last of them began. */
    long lastNanos() {
        return lastNanos;
    }

    /** The clearest of them. */
    Accusation leader() {
        return leader;
    }

    /** The leader, then others in order of arrival; a few at most. */
    List<Accusation> members() {
        List<Accusation> ordered = new ArrayList<>();
        ordered.add(leader);
        for (Accusation member : members) {
            if (member != leader && ordered.size() < MAX_MEMBERS) {
                ordered.add(member);
            }
        }
        return ordered;
    }

    /** How bad it is: by cause, by number, by confidence. */
    double weight() {
        double repetition = 1 + Math.log(count) / Math.log(2) / 4;
        return Severity.of(leader.finding().cause()) * repetition * leader.confidence();
    }
}
