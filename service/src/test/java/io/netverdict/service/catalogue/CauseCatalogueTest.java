package io.netverdict.service.catalogue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netverdict.correlator.model.Cause;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CauseCatalogueTest {
    @ParameterizedTest
    @EnumSource
    void shouldHaveWordsAndADrawingForEveryCause(Cause cause) {
        CauseEntry entry = CauseCatalogue.entries().get(cause.code());

        assertNotNull(entry, cause.code());
        assertFalse(entry.what().isBlank(), "what");
        assertFalse(entry.shows().isBlank(), "shows");
        assertFalse(entry.sketch().isBlank(), "sketch");
        assertFalse(entry.advice().isEmpty(), "advice");
    }
}
