package io.netverdict.service.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a misspelt name was meant to be. */
final class NearestName {
    private static final int MAX_EDITS = 3;

    private NearestName() {}

    /** The candidate with the fewest edits to the name, where those are few. */
    static Optional<String> of(String name, Collection<String> candidates) {
        int allowed = Math.min(MAX_EDITS, Math.max(1, name.length() / 2));
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
                .filter(nearest -> edits(name, nearest) <= allowed);
    }

    /** Levenshtein's distance: insertions, deletions and replacements of a character. */
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
