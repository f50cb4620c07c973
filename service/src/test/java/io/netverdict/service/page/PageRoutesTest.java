package io.netverdict.service.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.service.RunningService;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRoutesTest {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @TempDir private static Path directory;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(directory, Duration.ofMillis(60));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/incidents/x", "/causes", "/causes/tcp.refused"})
    void shouldServeTheDocumentForEveryPathThatIsLinkedTo(String path) throws Exception {
        HttpResponse<byte[]> response = service.get(path);

        assertEquals(200, response.statusCode());
        String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(text(response).contains(" style="), "inline style");
    }

    @Test
    void shouldServeAllThatTheDocumentLoadsFromItselfAndForEver() throws Exception {
        List<String> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(text(service.get("/")));
        while (matcher.find()) {
            links.add(matcher.group(1));
        }

        assertEquals(3, links.size(), links::toString);
        for (String link : links) {
            assertTrue(link.startsWith("/"), link);
            HttpResponse<byte[]> file = service.get(link);
            assertEquals(200, file.statusCode(), link);
            String kept = file.headers().firstValue("Cache-Control").orElse("");
            assertTrue(link.equals("/favicon.svg") || kept.contains("immutable"), link);
        }
    }
}
