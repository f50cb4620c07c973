package io.netverdict.correlator.survey;

import io.netverdict.correlator.survey.Accusation.Target;
import java.util.ArrayList;
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

    // Keys are lists: how a record compares is put together at run time, which takes longer than a
    // small capture's survey.

    /** By {@linkplain #kind kind}, host and port. */
    private final Map<List<Object>, AccusationGroup> groups = new LinkedHashMap<>();

    /** By kind and host. */
    private final Map<List<Object>, Set<Integer>> ports = new HashMap<>();

    private final Map<List<Object>, Set<String>> hosts = new HashMap<>();

    void add(Accusation accusation) {
        List<Object> kind = kind(accusation);
        Target target = widened(kind, accusation.target());
        groups.computeIfAbsent(key(kind, target), k -> new AccusationGroup(target)).add(accusation);
    }

    /** Cause, blame and what is accused: groups are of one kind. */
    private static List<Object> kind(Accusation accusation) {
        return List.of(
                accusation.finding().cause(),
                accusation.finding().blame(),
                accusation.target().noun());
    }

    private static List<Object> key(List<Object> kind, Target target) {
        return List.of(kind, target.host(), target.port());
    }

    private Target widened(List<Object> kind, Target target) {
        Set<String> known = hosts.computeIfAbsent(kind, k -> new HashSet<>());
        if (!known.contains(target.host()) && known.size() >= MAX_HOSTS_A_CAUSE) {
            return new Target(target.noun(), "further hosts", 0);
        }
        known.add(target.host());
        Set<Integer> seen =
                ports.computeIfAbsent(List.of(kind, target.host()), h -> new HashSet<>());
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

    private void joinPorts(List<Object> kind, Target target) {
        AccusationGroup joined = new AccusationGroup(hostOf(target));
        groups.entrySet()
                .removeIf(
                        entry -> {
                            AccusationGroup group = entry.getValue();
                            boolean same =
                                    entry.getKey().get(0).equals(kind)
                                            && group.target().host().equals(target.host());
                            if (same) {
                                joined.addAll(group);
                            }
                            return same;
                        });
        if (joined.count() > 0) {
            groups.put(key(kind, joined.target()), joined);
        }
    }

    /** The groups, worst first. */
    List<AccusationGroup> worstFirst() {
        List<AccusationGroup> sorted = new ArrayList<>(groups.values());
        sorted.sort(
                (a, b) -> {
                    int order = Double.compare(b.weight(), a.weight());
                    return order != 0 ? order : Long.compare(a.firstNanos(), b.firstNanos());
                });
        return sorted;
    }
}
