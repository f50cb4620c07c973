package io.netverdict.service.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.correlator.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/causes} to the code's texts. {@code -Dnetverdict.write=true} writes it anew.
 */
class CauseDocsTest {
    private static final Path DIRECTORY = Path.of("docs", "causes");

    @Test
    void shouldHaveACurrentPageForEveryCause() throws IOException {
        Map<String, String> pages = pages();
        if (Boolean.getBoolean("netverdict.write")) {
            Files.createDirectories(DIRECTORY);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(DIRECTORY.resolve(page.getKey()), page.getValue());
            }
        }
        Map<String, String> kept = new TreeMap<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.toList()) {
                kept.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertEquals(pages, kept, "run this test with -Dnetverdict.write=true");
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        StringBuilder index = new StringBuilder();
        index.append("# Every cause that a verdict may name\n\n");
        index.append("Made from the program's own texts by `CauseDocsTest`; do not edit.\n");
        for (Phase phase : Phase.values()) {
            StringBuilder rows = new StringBuilder();
            CauseCatalogue.entries()
                    .forEach(
                            (code, entry) -> {
                                if (entry.phase() == phase) {
                                    rows.append(row(code, entry));
                                    pages.put(code + ".md", page(code, entry));
                                }
                            });
            if (!rows.isEmpty()) {
                index.append("\n## ").append(phase.code()).append("\n\n");
                index.append("| cause | what broke | usually to blame |\n|---|---|---|\n");
                index.append(rows);
            }
        }
        pages.put("README.md", index.toString());
        return pages;
    }

    private static String row(String code, CauseEntry entry) {
        return String.format(
                "| [`%s`](%s.md) | %s | %s |%n", code, code, entry.summary(), entry.blame().code());
    }

    private static String page(String code, CauseEntry entry) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(code).append("\n\n");
        page.append("*").append(entry.summary()).append("; usually to blame: ");
        page.append(entry.blame().code()).append("*\n\n");
        page.append(entry.what()).append("\n\n## How the packets look\n\n```\n");
        page.append(TextLadder.of(entry.sketch())).append("```\n\n");
        page.append(entry.shows()).append("\n\n## What to do\n\n");
        int number = 0;
        for (String advice : entry.advice()) {
            page.append(++number).append(". ").append(advice).append('\n');
        }
        page.append("\nCapital words in commands stand for what the verdict fills in.\n");
        page.append("[All causes](README.md)\n");
        return page.toString();
    }
}
