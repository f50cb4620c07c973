package io.netverdict.service.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netverdict.correlator.model.ErrorReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportParserTest {

    @Test
    void shouldReadEveryFieldOfTheContract() throws MalformedReportException {
        ErrorReport report =
                ReportParser.parse(
                        """
                        {"message":"boom","url":"https://h:8443/i","method":"GET",
                         "occurredAt":"2026-11-23T12:00:12.345678+01:00",
                         "startedAt":"2026-11-23T11:00:02.345Z","local":"10.77.0.1:40112",
                         "remote":"[2001:db8::1]:8443","proxy":"http://10.0.0.3:3128",
                         "client":"go","key":"k","attributes":{"device":"d","n":7}}""");

        assertEquals("boom", report.message());
        assertEquals("https://h:8443/i", report.url());
        assertEquals("GET", report.method());
        assertEquals(Instant.parse("2026-11-23T11:00:12.345678Z"), report.occurredAt());
        assertEquals(Instant.parse("2026-11-23T11:00:02.345Z"), report.startedAt());
        assertEquals("10.77.0.1:40112", report.local());
        assertEquals("[2001:db8::1]:8443", report.remote());
        assertEquals("http://10.0.0.3:3128", report.proxy());
        assertEquals("go", report.client());
        assertEquals("k", report.key());
        assertEquals(Map.of("device", "d", "n", "7"), report.attributes());
    }

    @Test
    void shouldAskForNothingButTheMessageAndIgnoreWhatItDoesNotKnow()
            throws MalformedReportException {
        ErrorReport report =
                ReportParser.parse("{\"message\":\"boom\",\"future\":[1],\"url\":null}");

        assertEquals(ErrorReport.of("boom"), report);
        assertNull(report.url());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | message",
                "{\"message\":\" \"} | message",
                "{\"message\":7} | message",
                "{\"message\":\"m\",\"occurredAt\":\"yesterday\"} | occurredAt",
                "{\"message\":\"m\",\"occurredAt\":1700000000} | occurredAt",
                "{\"message\":\"m\",\"startedAt\":\"2026-11-23T11:00:02\"} | startedAt",
                "{\"message\":\"m\",\"local\":\"10.0.0.1\"} | local",
                "{\"message\":\"m\",\"remote\":\"10.0.0.1:70000\"} | remote",
                "{\"message\":\"m\",\"url\":{}} | url",
                "{\"message\":\"m\",\"attributes\":[]} | attributes",
                "{\"message\":\"m\",\"attributes\":{\"a\":{}}} | attributes.a",
            })
    void shouldNameTheFieldAtFault(String json, String field) {
        MalformedReportException e =
                assertThrows(MalformedReportException.class, () -> ReportParser.parse(json));

        assertEquals(field, e.field());
        assertEquals("/" + field.replace('.', '/'), e.pointer());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[]", "7", "{\"message\":", "``", "{\"message\":\"m\"} trailing"})
    void shouldRefuseWhatIsNoJsonObject(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        MalformedReportException e =
                assertThrows(MalformedReportException.class, () -> ReportParser.parse(bytes));

        assertEquals("", e.field());
    }
}
