package io.netverdict.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.Version;
import io.netverdict.service.packets.SlicePackets;
import io.netverdict.service.page.HtmlReport;
import io.netverdict.service.text.TextStyle;
import io.netverdict.service.text.VerdictText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All of an incident in one zip file to hand to support. For one thread. */
final class Bundle {
    private static final String SLICE = "slice.pcapng";
    private static final String README =
            """
            Incident %s of netverdict %s, bundled %s.

            report.html    to read in any browser, without network: verdict, packets, context
            report.txt     the verdict as text
            incident.json  the incident as the API gives it
            context.json   of it, what the machine knew of itself at the error; "recorder" in it:
                           what the recorder had recorded and dropped by then
            status.json    the service when this was bundled: version, health, recorder, storage
            """;
    private static final String README_SLICE =
            """
            slice.pcapng   the packets, for Wireshark or tshark; evidence carries comments

            The packets are as they were recorded, payload included: think of who may see them.
            """;
    private static final String README_NO_SLICE =
            """

            No packets are kept with this incident, hence no slice.pcapng.
            """;

    private final Incident incident;
    private final StatusDocument status;
    private final Supplier<Optional<InputStream>> slice;

    /**
     * @param status the service's now
     * @param slice opens the packets; empty where there are none
     */
    Bundle(Incident incident, StatusDocument status, Supplier<Optional<InputStream>> slice) {
        this.incident = incident;
        this.status = status;
        this.slice = slice;
    }

    /**
     * Writes the bundle.
     *
     * @param out not closed
     */
    void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        Instant now = Instant.now();
        // First what is read first: a list of a zip keeps its order.
        entry(zip, "README.txt", readme(now).getBytes(StandardCharsets.UTF_8));
        entry(zip, "report.txt", text().getBytes(StandardCharsets.UTF_8));
        html(zip, now);
        entry(zip, "incident.json", json(incident));
        entry(zip, "context.json", json(incident.context()));
        entry(zip, "status.json", json(status));
        try (InputStream packets = slice.get().orElse(null)) {
            if (packets != null) {
                begin(zip, SLICE);
                packets.transferTo(zip);
                zip.closeEntry();
            }
        }
        zip.finish();
    }

    private String readme(Instant now) {
        return String.format(README, incident.id(), Version.current(), now)
                + (incident.slice() == null ? README_NO_SLICE : README_SLICE);
    }

    /** The page with this incident alone, as {@code analyze --html} writes it. */
    private void html(ZipOutputStream zip, Instant now) throws IOException {
        JsonNode packets;
        try (InputStream file = slice.get().orElse(null)) {
            packets = file == null ? SlicePackets.none() : SlicePackets.of(incident, file);
        }
        begin(zip, "report.html");
        Writer out = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        HtmlReport.write(
                out,
                List.of(Map.of("name", SLICE)),
                List.of(new HtmlReport.Entry(incident, ContractJson.mapper(), packets)),
                true,
                now);
        zip.closeEntry();
    }

    private void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        begin(zip, name);
        zip.write(content);
        zip.closeEntry();
    }

    private void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(incident.receivedAt().toEpochMilli());
        zip.putNextEntry(entry);
    }

    private static byte[] json(Object value) throws IOException {
        return ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    }

    private String text() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println("Incident " + incident.id() + ", received " + incident.receivedAt());
        out.println(TextStyle.PLAIN.wrap("Error: ", "  ", incident.error().message()));
        out.println();
        new VerdictText(TextStyle.PLAIN).print(out, incident);
        out.flush();
        return text.toString();
    }
}
