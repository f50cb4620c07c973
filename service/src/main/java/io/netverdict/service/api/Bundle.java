package io.netverdict.service.api;

import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.text.TextStyle;
import io.netverdict.service.text.VerdictText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All of an incident in one zip file to hand to support. */
final class Bundle {
    private Bundle() {}

    /**
     * Writes the bundle.
     *
     * @param out not closed
     * @param slice null where there are no packets
     */
    static void write(OutputStream out, Incident incident, InputStream slice) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        entry(zip, incident, "report.txt", text(incident).getBytes(StandardCharsets.UTF_8));
        entry(zip, incident, "incident.json", json(incident));
        entry(zip, incident, "context.json", json(incident.context()));
        if (slice != null) {
            begin(zip, incident, "slice.pcapng");
            slice.transferTo(zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static void entry(ZipOutputStream zip, Incident incident, String name, byte[] content)
            throws IOException {
        begin(zip, incident, name);
        zip.write(content);
        zip.closeEntry();
    }

    private static void begin(ZipOutputStream zip, Incident incident, String name)
            throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(incident.receivedAt().toEpochMilli());
        zip.putNextEntry(entry);
    }

    private static byte[] json(Object value) throws IOException {
        return ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    }

    private static String text(Incident incident) {
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
