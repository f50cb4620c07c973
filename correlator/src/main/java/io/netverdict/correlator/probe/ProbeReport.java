package io.netverdict.correlator.probe;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the probes of one incident found. Immutable.
 *
 * @param results in the order in which they began
 */
public record ProbeReport(List<ProbeResult> results) {
    /** Nothing was probed. */
    public static final ProbeReport NONE = new ProbeReport(List.of());

    public ProbeReport {
        results = List.copyOf(results);
    }

    public boolean isEmpty() {
        return results.isEmpty();
    }

    /** The results of one kind. */
    public <T extends ProbeResult> Stream<T> of(Class<T> kind) {
        return results.stream().filter(kind::isInstance).map(kind::cast);
    }
}
