package io.netverdict.service.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.capture.file.FileRecording;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.SampleCapture;
import io.netverdict.service.packets.SlicePackets;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> ]]> \u2028 & \" '";

    @TempDir private Path directory;
    private JsonNode packets;
    private String html;

    @BeforeEach
    void write() throws Exception {
        Path capture = SampleCapture.writeTo(directory);
        Incident incident;
        try (FileRecording recording = FileRecording.open(capture)) {
            ErrorReport report =
                    new ErrorReport(
                            HOSTILE,
                            SampleCapture.URL,
                            null,
                            SampleCapture.ERROR_AT,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
            Diagnosis diagnosis = new Correlator().diagnose(recording, report);
            incident = diagnosis.toIncident("incident-1", SampleCapture.ERROR_AT, null);
        }
        packets = SlicePackets.of(incident, capture, 100, LongUnaryOperator.identity());
        StringWriter out = new StringWriter();
        HtmlReport.write(
                out,
                List.of(Map.of("name", HOSTILE)),
                List.of(new HtmlReport.Entry(incident, ContractJson.mapper(), packets)),
                true,
                SampleCapture.START);
        html = out.toString();
    }

    private String between(String begin, String end) {
        int start = html.indexOf(begin) + begin.length();
        return html.substring(start, html.indexOf(end, start));
    }

    @Test
    void shouldKeepHostileTextDataAndWhole() throws Exception {
        String data = between("id=\"report-data\">", "</script>");

        assertFalse(data.contains("<"));
        JsonNode report = ContractJson.mapper().readTree(data);
        JsonNode incident = report.path("incidents").path(0).path("incident");
        assertEquals(HOSTILE, incident.path("error").path("message").asText());
        assertEquals(HOSTILE, report.path("files").path(0).path("name").asText());
        assertTrue(report.path("causes").has("tcp.syn-no-response"));
    }

    @Test
    void shouldAllowNoScriptAndNoStyleButItsOwn() {
        Matcher policy =
                Pattern.compile(
                                "content=\"default-src 'none'; script-src 'sha256-([^']+)';"
                                        + " style-src 'sha256-([^']+)'")
                        .matcher(html);

        assertTrue(policy.find());
        assertEquals(PageFiles.sha256(between("<style>", "</style>")), policy.group(2));
        int script = html.lastIndexOf("<script>") + "<script>".length();
        String own = html.substring(script, html.lastIndexOf("</script>"));
        assertEquals(PageFiles.sha256(own), policy.group(1));
        assertFalse(own.contains("<!--"));
    }

    @Test
    void shouldGiveEachPacketWhatTheViewsDraw() {
        assertEquals(4, packets.path("total").asInt());
        JsonNode second = packets.path("packets").path(1);
        assertEquals(2, second.path("frame").asInt());
        assertEquals(1.02, second.path("at").asDouble(), 1e-9);
        assertEquals(1, second.path("flow").asInt());
        assertEquals(0, second.path("tcp").path("seq").asInt());
        assertEquals(1, second.path("tcp").path("retransmissionOf").asInt());
        assertEquals(64, second.path("ip").path("ttl").asInt());
    }
}
