package io.netverdict.service.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the contract's error report from JSON and names the field that is wrong. Fields it does not
 * know are ignored, so that newer hooks can talk to older services. Stateless, thread-safe.
 */
public final class ReportParser {
    private static final int MAX_PORT = 0xFFFF;

    private static final ObjectReader READER =
            ContractJson.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ReportParser() {}

    /** Reads one report from UTF-8 bytes. */
    public static ErrorReport parse(byte[] json) throws MalformedReportException {
        try {
            return of(READER.readTree(json));
        } catch (JsonProcessingException e) {
            throw notJson(e);
        } catch (IOException e) {
            throw new MalformedReportException("", "is not JSON in UTF-8");
        }
    }

    /** Reads one report from a line of text. */
    public static ErrorReport parse(String json) throws MalformedReportException {
        try {
            return of(READER.readTree(json));
        } catch (JsonProcessingException e) {
            throw notJson(e);
        }
    }

    private static MalformedReportException notJson(JsonProcessingException e) {
        String place =
                e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
        return new MalformedReportException(
                "", "is not valid JSON" + place + ": " + e.getOriginalMessage());
    }

    private static ErrorReport of(JsonNode report) throws MalformedReportException {
        if (report == null || !report.isObject()) {
            throw new MalformedReportException("", "must be a JSON object");
        }
        String message = text(report, "message");
        if (message == null || message.isBlank()) {
            throw new MalformedReportException("message", "is required: the client's error text");
        }
        return new ErrorReport(
                message,
                text(report, "url"),
                text(report, "method"),
                time(report, "occurredAt"),
                time(report, "startedAt"),
                end(report, "local"),
                end(report, "remote"),
                text(report, "proxy"),
                text(report, "client"),
                text(report, "key"),
                attributes(report));
    }

    private static String text(JsonNode report, String field) throws MalformedReportException {
        JsonNode value = report.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new MalformedReportException(field, "must be a string");
        }
        return value.textValue();
    }

    private static Instant time(JsonNode report, String field) throws MalformedReportException {
        String text = text(report, field);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedReportException(
                    field, "must be an RFC 3339 time such as 2026-11-23T11:00:12.345678Z");
        }
    }

    /** {@code address:port}; a port out of range is refused, the rest is the correlator's part. */
    private static String end(JsonNode report, String field) throws MalformedReportException {
        String text = text(report, field);
        if (text == null) {
            return null;
        }
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        boolean valid =
                colon > 0
                        && port.matches("\\d{1,5}")
                        && Integer.parseInt(port) <= MAX_PORT
                        && text.indexOf(' ') < 0;
        if (!valid) {
            throw new MalformedReportException(
                    field, "must be address:port such as 10.77.0.1:40112 or [2001:db8::1]:443");
        }
        return text;
    }

    private static Map<String, String> attributes(JsonNode report) throws MalformedReportException {
        JsonNode attributes = report.get("attributes");
        if (attributes == null || attributes.isNull()) {
            return null;
        }
        if (!attributes.isObject()) {
            throw new MalformedReportException("attributes", "must be an object of strings");
        }
        Map<String, String> read = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            JsonNode value = attribute.getValue();
            if (value.isContainerNode()) {
                throw new MalformedReportException(
                        "attributes." + attribute.getKey(), "must be a string");
            }
            if (!value.isNull()) {
                read.put(attribute.getKey(), value.asText());
            }
        }
        return read;
    }
}
