package io.netverdict.correlator.errortext;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The numbers in the text.
 *
 * @param timeout the limit that ran out, as told (curl prints the time passed instead, a few
 *     milliseconds more)
 * @param elapsed the time passed, as told
 * @param bytesReceived bytes of the body that came
 * @param bytesExpected bytes the whole body should have
 * @param bytesMissing bytes of the body that did not come
 * @param httpStatuses statuses in order of appearance, 100 to 599
 * @param tlsAlert the alert's description number (RFC 8446, section 6), where told or named
 * @param curlExitCode the number in {@code curl: (28)}
 */
public record ErrorFigures(
        Optional<Duration> timeout,
        Optional<Duration> elapsed,
        OptionalLong bytesReceived,
        OptionalLong bytesExpected,
        OptionalLong bytesMissing,
        List<Integer> httpStatuses,
        OptionalInt tlsAlert,
        OptionalInt curlExitCode) {

    /** Where the text names none. */
    static final ErrorFigures NONE =
            new ErrorFigures(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    List.of(),
                    OptionalInt.empty(),
                    OptionalInt.empty());

    public ErrorFigures {
        httpStatuses = List.copyOf(httpStatuses);
    }

    /** The last status named: that of the last attempt. */
    public OptionalInt httpStatus() {
        return httpStatuses.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(httpStatuses.get(httpStatuses.size() - 1));
    }
}
