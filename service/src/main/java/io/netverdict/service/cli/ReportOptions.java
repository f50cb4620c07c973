package io.netverdict.service.cli;

import io.netverdict.correlator.model.ErrorReport;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options that make up an error report; without annotations, see {@link AnalyzeArguments}. */
final class ReportOptions {
    private final OptionSpec error =
            OptionSpec.builder("--error")
                    .paramLabel("TEXT")
                    .type(String.class)
                    .description("The client's error text.")
                    .build();

    private final OptionSpec url =
            OptionSpec.builder("--url")
                    .paramLabel("URL")
                    .type(String.class)
                    .description("What was asked for.")
                    .build();

    private final OptionSpec at =
            OptionSpec.builder("--at")
                    .paramLabel("TIME")
                    .type(Instant.class)
                    .converters(new Time())
                    .description(
                            "When the error was reported: RFC 3339 (UTC without a zone) or"
                                    + " seconds.")
                    .build();

    private final OptionSpec started =
            OptionSpec.builder("--started")
                    .paramLabel("TIME")
                    .type(Instant.class)
                    .converters(new Time())
                    .description("When the request began.")
                    .build();

    void addTo(CommandSpec spec) {
        List.of(error, url, at, started).forEach(spec::addOption);
    }

    /** The report the options describe, or null where none was given. */
    ErrorReport toReport() {
        String text = error.getValue();
        String asked = url.getValue();
        Instant occurred = at.getValue();
        Instant began = started.getValue();
        if (text == null && asked == null && occurred == null && began == null) {
            return null;
        }
        String message =
                text != null ? text : asked != null ? "request to " + asked + " failed" : "failed";
        return new ErrorReport(
                message, asked, null, occurred, began, null, null, null, null, null, null);
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
