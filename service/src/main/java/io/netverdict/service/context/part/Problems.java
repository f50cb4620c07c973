package io.netverdict.service.context.part;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects why parts are missing. Thread-safe. */
public final class Problems {
    private final Map<String, String> byPart = new LinkedHashMap<>();

    /** Reads something. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws IOException;
    }

    /** What was read, or the other where it cannot be; the reason is kept. */
    public <T> T read(String part, T otherwise, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException | RuntimeException e) {
            add(part, "cannot be read: " + e.getMessage());
            return otherwise;
        }
    }

    /** Why a part is missing or partial. */
    public synchronized void add(String part, String why) {
        byPart.putIfAbsent(part, why);
    }

    public synchronized Map<String, String> byPart() {
        return new LinkedHashMap<>(byPart);
    }
}
