package io.netverdict.service.page;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netverdict.correlator.model.Alternative;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.service.Version;
import io.netverdict.service.catalogue.CauseCatalogue;
import io.netverdict.service.catalogue.CauseEntry;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The page with some incidents as one HTML file that needs nothing else: no network, no service.
 *
 * <p>What comes from captures is data and never markup: it stands in a JSON block in which no
 * {@code <} is left, and the file's own policy runs no script but ours, which it names by its hash.
 */
public final class HtmlReport {
    private static final String HEAD =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none';\
             script-src 'sha256-%s'; style-src 'sha256-%s'; img-src data:; base-uri 'none';\
             form-action 'none'">
            <title>Netverdict report</title>
            <style>%s</style>
            <div id="page"><noscript>This report needs JavaScript.</noscript></div>
            <script type="application/json" id="report-data">\
            """;

    /**
     * One incident of a report.
     *
     * @param mapper writes its times with the digits they have
     * @param packets as {@link io.netverdict.service.packets.SlicePackets} gives them
     */
    public record Entry(Incident incident, ObjectMapper mapper, JsonNode packets) {}

    private HtmlReport() {}

    /**
     * Writes a report.
     *
     * @param out flushed, not closed
     * @param files figures of the capture files, JSON-friendly
     */
    public static void write(
            Writer out, List<?> files, List<Entry> entries, boolean asked, Instant createdAt)
            throws IOException {
        PageFiles page = PageFiles.get();
        String script = page.script();
        String style = page.style();
        out.write(String.format(HEAD, PageFiles.sha256(script), PageFiles.sha256(style), style));
        data(new WithoutMarkup(out), files, entries, asked, createdAt);
        out.write("</script>\n<script>");
        out.write(script);
        out.write("</script>\n</html>\n");
        out.flush();
    }

    private static void data(
            Writer out, List<?> files, List<Entry> entries, boolean asked, Instant createdAt)
            throws IOException {
        try (JsonGenerator json = ContractJson.mapper().getFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("version", Version.current());
            json.writeStringField("createdAt", createdAt.toString());
            json.writeBooleanField("asked", asked);
            json.writeFieldName("files");
            ContractJson.mapper().writeValue(json, files);
            json.writeFieldName("causes");
            ContractJson.mapper().writeValue(json, causes(entries));
            json.writeArrayFieldStart("incidents");
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeFieldName("incident");
                entry.mapper().writeValue(json, entry.incident());
                json.writeFieldName("packets");
                entry.mapper().writeValue(json, entry.packets());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** The causes that the report's verdicts name; an incident may still wait for its own. */
    private static Map<String, CauseEntry> causes(List<Entry> entries) {
        Map<String, CauseEntry> named = new TreeMap<>();
        for (Entry entry : entries) {
            Verdict verdict = entry.incident().verdict();
            if (verdict == null) {
                continue;
            }
            String decided = verdict.cause().code();
            named.put(decided, CauseCatalogue.entries().get(decided));
            for (Alternative alternative : verdict.alternatives()) {
                String code = alternative.cause().code();
                named.put(code, CauseCatalogue.entries().get(code));
            }
        }
        return named;
    }

    /** In JSON, a {@code <} can only be part of a string, where it may be written as its number. */
    private static final class WithoutMarkup extends FilterWriter {
        WithoutMarkup(Writer out) {
            super(out);
        }

        @Override
        public void write(int character) throws IOException {
            if (character == '<') {
                out.write("\\u003c");
            } else {
                out.write(character);
            }
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            int from = offset;
            int end = offset + length;
            for (int at = offset; at < end; at++) {
                if (characters[at] == '<') {
                    out.write(characters, from, at - from);
                    out.write("\\u003c");
                    from = at + 1;
                }
            }
            out.write(characters, from, end - from);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            write(text.toCharArray(), offset, length);
        }
    }
}
