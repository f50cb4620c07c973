package io.netverdict.hook.log4j2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.hook.StandInService;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetverdictLog4jAppenderTest {
    @TempDir private Path directory;

    private final LoggerContext context = new LoggerContext("test");
    private StandInService service;
    private Logger log;

    @BeforeEach
    void configure() throws Exception {
        service = new StandInService();
        String configuration =
                """
                <Configuration>
                  <Appenders>
                    <File name="File" fileName="FILE">
                      <PatternLayout pattern="%level %msg {%X{netverdict.cause} %X{netverdict.incident}} %netverdict%n%ex"/>
                    </File>
                    <Netverdict name="Netverdict" serviceUrl="SERVICE" waitMillis="30000">
                      <AppenderRef ref="File"/>
                    </Netverdict>
                  </Appenders>
                  <Loggers><Root level="info"><AppenderRef ref="Netverdict"/></Root></Loggers>
                </Configuration>
                """
                        .replace("FILE", file().toString())
                        .replace("SERVICE", service.url());
        context.start(
                new XmlConfiguration(
                        context,
                        new ConfigurationSource(
                                new ByteArrayInputStream(
                                        configuration.getBytes(StandardCharsets.UTF_8)))));
        log = context.getLogger("app");
    }

    @AfterEach
    void stop() {
        context.stop();
        service.close();
    }

    private Path file() {
        return directory.resolve("app.log");
    }

    @Test
    void shouldReportALoggedFailureAndShowItsHintInTheSameEvent() throws Exception {
        log.error(
                "cannot fetch https://store.example/img", new java.net.ConnectException("refused"));

        assertEquals(
                "cannot fetch https://store.example/img\njava.net.ConnectException: refused",
                service.onlyReport().get("message"));
        String logged = Files.readString(file());
        assertTrue(
                logged.startsWith(
                        "ERROR cannot fetch https://store.example/img {tcp.refused 01inc}"
                                + " 10.77.0.2:8443 refused"),
                logged);
        assertTrue(logged.contains("Suppressed: io.netverdict.hook.CauseHint: "), logged);
    }

    @Test
    void shouldLeaveEverythingElseAlone() throws Exception {
        log.error("a bug", new IllegalArgumentException("x=1"));
        log.info("fine");
        assertTrue(service.reports.isEmpty());
        assertTrue(Files.readString(file()).startsWith("ERROR a bug { } \n"));
    }
}
