package io.netverdict.it.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of comparing files; filled by {@link FileComparison}, not thread-safe. */
final class Comparison {
    final Map<MarkField, Agreement> marks = new EnumMap<>(MarkField.class);
    final Map<ValueComparison, Agreement> values = new EnumMap<>(ValueComparison.class);
    final List<Difference> differences = new ArrayList<>();
    final Map<String, Integer> unreadLayers = new TreeMap<>();
    final KnownDifferences known;
    int files;
    int segments;
    int tunnelledFrames;

    Comparison(KnownDifferences known) {
        this.known = known;
        for (MarkField mark : MarkField.values()) {
            marks.put(mark, new Agreement());
        }
        for (ValueComparison value : ValueComparison.values()) {
            values.put(value, new Agreement());
        }
    }
}
