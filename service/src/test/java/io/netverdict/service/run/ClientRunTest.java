package io.netverdict.service.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.ErrorReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientRunTest {
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private ErrorReport run(String... command) throws Exception {
        return ClientRun.of(List.of(command), errors).toReport();
    }

    @Test
    void shouldPassErrorsOnAndReportThem() throws Exception {
        ErrorReport report = run("sh", "-c", "echo first >&2; echo second >&2; exit 28");

        assertEquals("first\nsecond\n", errors.toString(StandardCharsets.UTF_8));
        assertEquals("first\nsecond", report.message());
        assertEquals("sh", report.client());
        assertEquals("28", report.attributes().get("exitStatus"));
        assertFalse(report.occurredAt().isBefore(report.startedAt()));
    }

    @Test
    void shouldReportOfAProgressMeterWhatStoodThereLast() throws Exception {
        ErrorReport report = run("sh", "-c", "printf '1%%\\r50%%\\rcurl: (28) timed out\\n' >&2");

        assertEquals("curl: (28) timed out", report.message());
    }

    @Test
    void shouldReportTheExitStatusOfASilentClient() throws Exception {
        assertEquals("sh exited with status 3", run("sh", "-c", "exit 3").message());
    }

    @Test
    void shouldKeepOnlyTheEndOfMuchOutput() throws Exception {
        ErrorReport report =
                run(
                        "sh",
                        "-c",
                        "i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done");

        assertTrue(report.message().length() <= 8 << 10);
        assertTrue(report.message().endsWith("line 2999"));
    }

    @Test
    void shouldTakeTheUrlFromTheArgumentsWithoutItsPassword() throws Exception {
        ErrorReport report =
                run("sh", "-c", "exit 1", "curl", "-u", "a:b", "https://me:secret@host.example/x");

        assertEquals("https://host.example/x", report.url());
    }
}
