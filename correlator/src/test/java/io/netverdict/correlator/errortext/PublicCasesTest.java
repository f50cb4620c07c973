package io.netverdict.correlator.errortext;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of the exam's public cases, as real clients printed them. */
class PublicCasesTest {

    private static final double SHARE_KNOWN = 0.97;

    @Test
    void shouldUnderstandNearlyAllTextsOfThePublicCases() throws IOException {
        Path cases = projectRoot().resolve("../shared/exam/cases").normalize();
        assumeTrue(Files.isDirectory(cases), "skipped: no exam cases at " + cases);
        ErrorTextReader reader = new ErrorTextReader();
        int total = 0;
        int known = 0;
        int withHost = 0;
        int hostNamed = 0;
        List<String> misses = new ArrayList<>();
        for (Path file : caseFiles(cases)) {
            JsonNode error = new ObjectMapper().readTree(file.toFile()).path("error");
            String message = error.path("message").asText();
            ErrorFacts facts = reader.read(message, error.path("client").asText(null));
            total++;
            known += facts.has(Complaint.UNKNOWN) ? 0 : 1;
            withHost += facts.host().isPresent() ? 1 : 0;
            hostNamed += message.contains(".example") || message.contains("localhost") ? 1 : 0;
            if (facts.has(Complaint.UNKNOWN)) {
                misses.add(file.getParent().getFileName() + ": " + message);
            }
            if (Boolean.getBoolean("netverdict.printFacts")) {
                System.out.println(
                        file.getParent().getFileName() + " | " + message + "\n    " + line(facts));
            }
        }
        System.out.printf(
                "public cases: %d texts, %d with a complaint, %d name a host, host found in %d%n",
                total, known, hostNamed, withHost);
        misses.forEach(miss -> System.out.println("no complaint: " + miss));
        assertTrue(total > 0, "no cases in " + cases);
        assertTrue(known >= SHARE_KNOWN * total, known + " of " + total);
        assertTrue(withHost >= SHARE_KNOWN * hostNamed, withHost + " of " + hostNamed);
    }

    private static String line(ErrorFacts facts) {
        return facts.complaints()
                + " "
                + facts.possibleSteps()
                + " "
                + facts.target()
                + " "
                + facts.addresses()
                + " "
                + facts.proxy()
                + " "
                + facts.figures()
                + " "
                + facts.certificate();
    }

    private static List<Path> caseFiles(Path cases) throws IOException {
        try (Stream<Path> files = Files.walk(cases, 2)) {
            return files.filter(f -> f.getFileName().toString().equals("case.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Path projectRoot() throws IOException {
        Path directory = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (directory != null && !isRoot(directory)) {
            directory = directory.getParent();
        }
        return directory == null ? Path.of("").toAbsolutePath() : directory;
    }

    private static boolean isRoot(Path directory) throws IOException {
        Path pom = directory.resolve("pom.xml");
        return Files.isRegularFile(pom)
                && Files.readString(pom)
                        .contains("<artifactId>netverdict</artifactId>\n  <version>");
    }
}
