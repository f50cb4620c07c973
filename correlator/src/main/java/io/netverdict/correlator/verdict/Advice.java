package io.netverdict.correlator.verdict;

import com.fasterxml.jackson.core.type.TypeReference;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What to check or change for each cause, most promising first; read from a resource. */
public final class Advice {
    private static final Map<String, List<String>> BY_CODE = read();

    private Advice() {}

    /** The advice for a cause; never empty. */
    public static List<String> of(Cause cause) {
        return BY_CODE.getOrDefault(cause.code(), List.of());
    }

    private static Map<String, List<String>> read() {
        try (InputStream resource = Advice.class.getResourceAsStream("advice.json")) {
            return ContractJson.mapper()
                    .readValue(resource, new TypeReference<Map<String, List<String>>>() {});
        } catch (IOException broken) {
            throw new UncheckedIOException("advice.json", broken);
        }
    }
}
