package io.netverdict.service.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.verdict.Advice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every cause with its texts: the code's own, and those of {@code catalogue.json} beside this. */
public final class CauseCatalogue {
    private record Texts(String what, String shows, String sketch) {}

    /** Read on first use. */
    private static final class Holder {
        private static final Map<String, CauseEntry> ENTRIES = read();
    }

    private CauseCatalogue() {}

    /** By code, in the order of {@link Cause}. */
    public static Map<String, CauseEntry> entries() {
        return Holder.ENTRIES;
    }

    private static Map<String, CauseEntry> read() {
        Map<String, Texts> texts;
        try (InputStream resource = CauseCatalogue.class.getResourceAsStream("catalogue.json")) {
            texts =
                    ContractJson.mapper()
                            .readValue(resource, new TypeReference<Map<String, Texts>>() {});
        } catch (IOException broken) {
            throw new UncheckedIOException("catalogue.json", broken);
        }
        Map<String, CauseEntry> entries = new LinkedHashMap<>();
        for (Cause cause : Cause.values()) {
            Texts own = texts.getOrDefault(cause.code(), new Texts("", "", ""));
            entries.put(
                    cause.code(),
                    new CauseEntry(
                            cause.summary(),
                            cause.usualBlame(),
                            cause.usualPhase(),
                            own.what(),
                            own.shows(),
                            own.sketch(),
                            Advice.of(cause)));
        }
        return Collections.unmodifiableMap(entries);
    }
}
