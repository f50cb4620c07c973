package io.netverdict.correlator.survey;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.survey.Accusation.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups accusations by cause and target as they come. A host with many ports in trouble (a scan,
 * as a rule) becomes one target, and beyond a number of hosts the rest of them become one, so that
 * memory and output stay small whatever a recording holds. For one thread.
 */
final class AccusationGroups {
    private static final int MAX_PORTS_A_HOST = 8;
    private static final int MAX_HOSTS_A_CAUSE = 40;

    private record Kind(Cause cause, Blame blame, String noun) {}

    private record Host(Kind kind, String name) {}

    private record Key(Kind kind, Target target) {}

    private final Map<Key, AccusationGroup> groups = new LinkedHashMap<>();
    private final Map<Host, Set<Integer>> ports = new HashMap<>();
    private final Map<Kind, Set<String>> hosts = new HashMap<>();

    void add(Accusation accusation) {
        Kind kind =
                new Kind(
                        accusation.finding().cause(),
                        accusation.finding().blame(),
                        accusation.target().noun());
        Target target = widened(kind, accusation.target());
        groups.computeIfAbsent(new Key(kind, target), k -> new AccusationGroup(target))
                .add(accusation);
    }

    private Target widened(Kind kind, Target target) {
        Set<String> known = hosts.computeIfAbsent(kind, k -> new HashSet<>());
        if (!known.contains(target.host()) && known.size() >= MAX_HOSTS_A_CAUSE) {
            return new Target(target.noun(), "further hosts", 0);
        }
        known.add(target.host());
        Set<Integer> seen =
                ports.computeIfAbsent(new Host(kind, target.host()), h -> new HashSet<>());
        if (seen.size() <= MAX_PORTS_A_HOST && seen.add(target.port())) {
            if (seen.size() > MAX_PORTS_A_HOST) {
                joinPorts(kind, target);
            }
        }
        return seen.size() > MAX_PORTS_A_HOST ? hostOf(target) : target;
    }

    private static Target hostOf(Target target) {
        return new Target(target.noun(), target.host(), 0);
    }

    private void joinPorts(Kind kind, Target target) {
        AccusationGroup joined = new AccusationGroup(hostOf(target));
        groups.entrySet()
                .removeIf(
                        entry -> {
                            boolean same =
                                    entry.getKey().kind().equals(kind)
                                            && entry.getKey().target().host().equals(target.host());
                            if (same) {
                                joined.addAll(entry.getValue());
                            }
                            return same;
                        });
        if (joined.count() > 0) {
            groups.put(new Key(kind, hostOf(target)), joined);
        }
    }

    /** The groups, worst first. */
    List<AccusationGroup> worstFirst() {
        List<AccusationGroup> sorted = new ArrayList<>(groups.values());
        sorted.sort(
                Comparator.comparingDouble(AccusationGroup::weight)
                        .reversed()
                        .thenComparingLong(AccusationGroup::firstNanos));
        return sorted;
    }
}
