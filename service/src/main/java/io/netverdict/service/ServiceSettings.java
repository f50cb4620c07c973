package io.netverdict.service;

import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.nativelib.namespace.NamespaceException;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import io.netverdict.service.config.Configuration;
import io.netverdict.service.config.Settings;
import io.netverdict.service.probe.ProbeSettings;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the background service is started with.
 *
 * @param recorder interfaces and memory
 * @param data where incidents are kept
 * @param retention how long and how many
 * @param listen where the API is
 * @param settle how long late packets are awaited after an error report
 * @param probes whether and how much the hosts of errors are probed
 */
public record ServiceSettings(
        RecorderConfig recorder,
        Path data,
        Retention retention,
        InetSocketAddress listen,
        Duration settle,
        ProbeSettings probes) {
    public static final int DEFAULT_PORT = 8321;
    public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(2);

    /** Settings without probes. */
    public ServiceSettings(
            RecorderConfig recorder,
            Path data,
            Retention retention,
            InetSocketAddress listen,
            Duration settle) {
        this(recorder, data, retention, listen, settle, ProbeSettings.OFF);
    }

    /** The settings that a configuration makes. */
    public static ServiceSettings of(Configuration configuration) {
        return new ServiceSettings(
                new RecorderConfig(
                        configuration.get(Settings.RING),
                        ringFile(configuration.get(Settings.RING_FILE)),
                        Math.toIntExact(configuration.get(Settings.KERNEL_BUFFER)),
                        configuration.get(Settings.INTERFACES),
                        configuration.get(Settings.SNAP_LENGTH),
                        configuration.get(Settings.CUTOFF),
                        namespaces(configuration.get(Settings.NAMESPACES))),
                configuration.get(Settings.DATA),
                new Retention(
                        configuration.get(Settings.KEEP), configuration.get(Settings.KEEP_BYTES)),
                configuration.get(Settings.LISTEN),
                configuration.get(Settings.SETTLE),
                configuration.get(Settings.PROBE) ? ProbeSettings.ON : ProbeSettings.OFF);
    }

    private static Path ringFile(Path path) {
        return path.toString().isEmpty() ? null : path.toAbsolutePath();
    }

    private static List<NetworkNamespace> namespaces(List<String> names) {
        List<NetworkNamespace> namespaces = new ArrayList<>();
        for (String name : names) {
            try {
                namespaces.add(NetworkNamespace.of(name));
            } catch (NamespaceException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        return namespaces;
    }

    /** Where incidents are kept unless told otherwise: system-wide for root, else the user's. */
    public static Path defaultData() {
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/lib/netverdict");
        }
        return Path.of(System.getProperty("user.home"), ".local", "share", "netverdict");
    }
}
