package io.netverdict.service.probe;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Whether and how much is probed.
 *
 * @param enabled without, nothing is sent, whoever asks
 * @param budget of time for all probes of one incident
 * @param perMinute incidents that are probed at most in a minute
 * @param perTarget time between two incidents probed towards the same host
 * @param resolverFile where the configured name servers stand
 */
public record ProbeSettings(
        boolean enabled, Duration budget, int perMinute, Duration perTarget, Path resolverFile) {
    private static final Path RESOLVER_FILE = Path.of("/etc/resolv.conf");

    /** Nothing is ever probed. */
    public static final ProbeSettings OFF =
            new ProbeSettings(
                    false, Duration.ofSeconds(10), 6, Duration.ofSeconds(30), RESOLVER_FILE);

    /** The limits that users get. */
    public static final ProbeSettings ON =
            new ProbeSettings(true, OFF.budget(), OFF.perMinute(), OFF.perTarget(), RESOLVER_FILE);
}
