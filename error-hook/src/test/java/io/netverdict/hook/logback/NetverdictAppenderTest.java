package io.netverdict.hook.logback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.netverdict.hook.StandInService;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetverdictAppenderTest {
    @TempDir private Path directory;

    private final LoggerContext context = new LoggerContext();
    private StandInService service;
    private Logger log;

    @BeforeEach
    void configure() throws Exception {
        service = new StandInService();
        String configuration =
                """
                <configuration>
                  <conversionRule conversionWord="netverdict"
                    class="io.netverdict.hook.logback.NetverdictConverter"/>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>LOGFILE</file>
                    <encoder>
                      <pattern>%level %msg {%X{netverdict.cause} %X{netverdict.incident}} %netverdict%n</pattern>
                    </encoder>
                  </appender>
                  <appender name="NETVERDICT" class="io.netverdict.hook.logback.NetverdictAppender">
                    <serviceUrl>SERVICE</serviceUrl>
                    <waitMillis>30000</waitMillis>
                    <appender-ref ref="FILE"/>
                  </appender>
                  <root level="INFO"><appender-ref ref="NETVERDICT"/></root>
                </configuration>
                """
                        .replace("LOGFILE", file().toString())
                        .replace("SERVICE", service.url());
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
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

    private String logged() throws IOException {
        return Files.readString(file());
    }

    @Test
    void shouldReportALoggedFailureAndShowItsHintInTheSameEvent() throws IOException {
        log.error(
                "cannot fetch https://store.example/img",
                new IllegalStateException("wrapped", new ConnectException("refused")));

        assertEquals(
                "cannot fetch https://store.example/img\n"
                        + "java.lang.IllegalStateException: wrapped\n"
                        + "Caused by: java.net.ConnectException: refused",
                service.onlyReport().get("message"));
        assertTrue(
                logged().startsWith(
                                "ERROR cannot fetch https://store.example/img {tcp.refused 01inc}"
                                        + " 10.77.0.2:8443 refused"),
                logged());
        assertTrue(logged().contains("Suppressed: io.netverdict.hook.CauseHint: "), logged());
    }

    @Test
    void shouldLeaveEverythingElseAlone() throws IOException {
        log.error("a file", new FileNotFoundException("none"));
        log.error("a bug", new IllegalArgumentException("x=1"));
        log.error("no exception");
        log.info("fine");

        assertTrue(service.reports.isEmpty());
        assertTrue(logged().startsWith("ERROR a file { } \n"), logged());
    }

    @Test
    void shouldReportAnExceptionThatIsLoggedTwiceOnce() throws IOException {
        IOException failure = new ConnectException("refused");
        log.error("first", failure);
        log.error("again", failure);
        assertEquals(1, service.reports.size());
        assertFalse(logged().isEmpty());
    }
}
