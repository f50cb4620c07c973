package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reporters of {@code docs}, in programs of their languages: what they report, and that a
 * service that is away or hangs changes nothing for the program.
 */
class OtherLanguagesTest {
    private static final Path DOCS = Path.of("docs").toAbsolutePath();

    /** A language with a program that gets the URL it is given and prints what went wrong. */
    enum Language {
        GO(
                "go",
                """
                package main

                import (
                	"fmt"
                	"net/http"
                	"os"
                	"time"

                	"lab/netverdict"
                )

                func main() {
                	client := &http.Client{Transport: netverdict.Transport(http.DefaultTransport)}
                	_, err := client.Get(os.Args[1])
                	fmt.Println("FAILED", err)
                	netverdict.Flush(time.Second)
                }
                """),
        PYTHON(
                "python3",
                """
                import logging, sys, urllib.request
                import netverdict
                netverdict.EXIT_WAIT = 1
                netverdict.install()
                try:
                    urllib.request.urlopen(sys.argv[1])
                except OSError as failure:
                    logging.error("FAILED %s", failure, exc_info=True)
                """),
        NODE(
                "node",
                """
                require(process.argv[3]).install({ hintDeadline: 1000 });
                fetch(process.argv[2]).catch((error) => console.log('FAILED', error.cause.code));
                """);

        private final String program;
        private final String source;

        Language(String program, String source) {
            this.program = program;
            this.source = source;
        }

        List<String> command(Path directory, String url) throws IOException {
            switch (this) {
                case GO -> {
                    Files.createDirectories(directory.resolve("netverdict"));
                    Files.writeString(directory.resolve("go.mod"), "module lab\n\ngo 1.18\n");
                    Files.writeString(directory.resolve("main.go"), source);
                    Files.copy(
                            DOCS.resolve("go/netverdict.go"),
                            directory.resolve("netverdict/netverdict.go"));
                    return List.of("go", "run", ".", url);
                }
                case PYTHON -> {
                    Files.writeString(directory.resolve("program.py"), source);
                    Files.copy(
                            DOCS.resolve("python/netverdict.py"),
                            directory.resolve("netverdict.py"));
                    return List.of("python3", "program.py", url);
                }
                default -> {
                    Files.writeString(directory.resolve("program.js"), source);
                    String reporter = DOCS.resolve("node/netverdict.js").toString();
                    return List.of("node", "program.js", url, reporter);
                }
            }
        }

        boolean isInstalled() {
            return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
        }
    }

    @TempDir private Path directory;

    private StandInService service;

    @BeforeEach
    void start() throws IOException {
        service = new StandInService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String run(Language language, String url, String serviceUrl)
            throws IOException, InterruptedException {
        assumeTrue(
                language.isInstalled(), () -> "skipped: " + language.program + " is not installed");
        List<String> command = new ArrayList<>(language.command(directory, url));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("NETVERDICT_URL", serviceUrl);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("FAILED"), said);
        return said;
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportAFailureOnceAndLogTheHint(Language language) throws Exception {
        String url = BrokenServer.refusedUrl();
        String said = run(language, url, service.url());

        Map<?, ?> report = service.onlyReport();
        assertTrue(
                report.get("message")
                        .toString()
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("refused"),
                report::toString);
        assertTrue(report.get("occurredAt").toString().startsWith("20"), report::toString);
        assertTrue(said.contains("[tcp.refused, incident 01inc]"), said);
        if (language != Language.PYTHON) {
            assertEquals(url, report.get("url"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeNothingWhenTheServiceIsAway(Language language) throws Exception {
        String said = run(language, BrokenServer.refusedUrl(), BrokenServer.refusedUrl());
        assertTrue(said.contains("go unreported until"), said);
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeNothingWhenTheServiceHangs(Language language) throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + hanging.getLocalPort();
            String said = run(language, BrokenServer.refusedUrl(), url);
            assertFalse(said.contains("hint for"), said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeGarbageForNoHint(Language language) throws Exception {
        service.answer = "<html>";
        String said = run(language, BrokenServer.refusedUrl(), service.url());
        assertFalse(said.contains("hint for"), said);
    }
}
