package io.netverdict.service.probe;

import io.netverdict.service.probe.tls.TrustedRoots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Whether and how much is probed.
 *
 * @param enabled without, nothing is sent, whoever asks
 * @param budget of time for all probes of one incident
 * @param perMinute incidents that are probed at most in a minute
 * @param perTarget time between two incidents probed towards the same host
 * @param resolverFile where the configured name servers stand
 * @param roots that certificates are held against; asked at every one that is read
 */
public record ProbeSettings(
        boolean enabled,
        Duration budget,
        int perMinute,
        Duration perTarget,
        Path resolverFile,
        Supplier<TrustedRoots> roots) {
    private static final Path RESOLVER_FILE = Path.of("/etc/resolv.conf");

    /** Nothing is ever probed. */
    public static final ProbeSettings OFF =
            new ProbeSettings(
                    false,
                    Duration.ofSeconds(10),
                    6,
                    Duration.ofSeconds(30),
                    RESOLVER_FILE,
                    TrustedRoots::ofThisMachine);

    /** The limits that users get. */
    public static final ProbeSettings ON =
            new ProbeSettings(
                    true,
                    OFF.budget(),
                    OFF.perMinute(),
                    OFF.perTarget(),
                    RESOLVER_FILE,
                    OFF.roots());
}
