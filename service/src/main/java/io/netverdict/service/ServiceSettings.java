package io.netverdict.service;

import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the background service is started with.
 *
 * @param recorder interfaces and memory
 * @param data where incidents are kept
 * @param retention how long and how many
 * @param listen where the API is
 * @param settle how long late packets are awaited after an error report
 */
public record ServiceSettings(
        RecorderConfig recorder,
        Path data,
        Retention retention,
        InetSocketAddress listen,
        Duration settle) {
    public static final int DEFAULT_PORT = 8321;
    public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(2);

    /** Where incidents are kept unless told otherwise: system-wide for root, else the user's. */
    public static Path defaultData() {
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/lib/netverdict");
        }
        return Path.of(System.getProperty("user.home"), ".local", "share", "netverdict");
    }
}
