package io.netverdict.correlator.model;

import java.util.List;
import java.util.Objects;

/**
 * One fact and the packets that show it.
 *
 * @param text one sentence with its figures
 * @param frames frame numbers, ascending: of the recording while a verdict is being made, of the
 *     slice (or the file) in an incident
 */
public record Evidence(String text, List<Long> frames) {
    public Evidence {
        Objects.requireNonNull(text, "text");
        frames = frames.stream().distinct().sorted().toList();
    }
}
