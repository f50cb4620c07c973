package io.netverdict.service.cli;

import io.netverdict.correlator.model.ErrorReport;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that make up an error report. */
final class ReportOptions {
    @Option(names = "--error", paramLabel = "TEXT", description = "The client's error text.")
    private String error;

    @Option(names = "--url", paramLabel = "URL", description = "What was asked for.")
    private String url;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Time.class,
            description = "When the error was reported: RFC 3339 (UTC without a zone) or seconds.")
    private Instant at;

    @Option(
            names = "--started",
            paramLabel = "TIME",
            converter = Time.class,
            description = "When the request began.")
    private Instant started;

    /** The report the options describe, or null where none was given. */
    ErrorReport toReport() {
        if (error == null && url == null && at == null && started == null) {
            return null;
        }
        String message =
                error != null ? error : url != null ? "request to " + url + " failed" : "failed";
        return new ErrorReport(message, url, null, at, started, null, null, null, null, null, null);
    }

    /** Times as people have them at hand. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                if (text.matches("\\d+(\\.\\d{1,9})?")) {
                    BigDecimal seconds = new BigDecimal(text);
                    return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValueExact());
                }
                String iso = text.strip().replace(' ', 'T');
                return iso.matches(".*([zZ]|[+-]\\d\\d:?\\d\\d)$")
                        ? OffsetDateTime.parse(iso).toInstant()
                        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException | ArithmeticException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no time; one is 2026-11-23T11:00:12.345Z");
            }
        }
    }
}
