package io.netverdict.service.lab;

import io.netverdict.correlator.model.ErrorReport;
import java.time.Instant;

/**
 * A request by a real client that has ended.
 *
 * @param command as a person would type it
 * @param exitStatus 0 where it did not fail
 * @param message what it printed about it
 */
public record ClientFailure(
        String command,
        int exitStatus,
        String message,
        String url,
        Instant startedAt,
        Instant endedAt) {

    /** The report a hook would send. */
    public ErrorReport toReport() {
        return new ErrorReport(
                message, url, null, endedAt, startedAt, null, null, null, null, null, null);
    }
}
