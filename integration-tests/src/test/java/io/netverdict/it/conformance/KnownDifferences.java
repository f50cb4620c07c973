package io.netverdict.it.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where tshark is wrong or arguable, frame by frame: lines of file, frame, what is compared and the
 * reason, separated by tabs. Those that are met no more are told, so that the list stays short.
 */
final class KnownDifferences {
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final Set<String> unmet;

    private KnownDifferences(String text) {
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\t");
            if (parts.length != 4) {
                throw new IllegalArgumentException("line=" + line);
            }
            reasons.put(key(parts[0], Long.parseLong(parts[1]), parts[2]), parts[3]);
        }
        unmet = new TreeSet<>(reasons.keySet());
    }

    static KnownDifferences read(String resource) {
        try (InputStream stream = KnownDifferences.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("resource=" + resource);
            }
            return new KnownDifferences(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a difference is on the list; ticks it off. */
    boolean explain(String file, long frame, String compared) {
        String key = key(file, frame, compared);
        unmet.remove(key);
        return reasons.containsKey(key);
    }

    int size() {
        return reasons.size();
    }

    Set<String> unmet() {
        return unmet;
    }

    private static String key(String file, long frame, String compared) {
        return file + " " + frame + " " + compared;
    }
}
