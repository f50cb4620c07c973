package io.netverdict.service.doctor;

import io.netverdict.service.ByteSizes;
import io.netverdict.service.ServiceSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Looks at this machine and tells what is missing. Changes nothing. */
public final class Doctor {
    private static final int OLDEST_JAVA = 17;
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final Path data;
    private final InetSocketAddress listen;
    private final long ringBytes;

    /**
     * @param settings with which the service would be started
     */
    public Doctor(ServiceSettings settings) {
        data = settings.data();
        listen = settings.listen();
        ringBytes = settings.recorder().ringBytes();
    }

    /** All findings, in the order in which they are best mended. */
    public List<Finding> examine() {
        return List.of(
                java(),
                CaptureChecks.libpcap(),
                CaptureChecks.privileges(),
                CaptureChecks.interfaces(),
                memory(),
                clock(),
                dataDirectory(),
                ServiceCheck.of(listen),
                UnitCheck.of(Path.of("/")),
                tshark());
    }

    /** Whether this process may capture. */
    public static Finding privileges() {
        return CaptureChecks.privileges();
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String detail = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
        return version >= OLDEST_JAVA
                ? Finding.ok("java", detail)
                : Finding.missing("java", detail, "apt-get install openjdk-17-jdk-headless");
    }

    private Finding memory() {
        long available = availableBytes();
        if (available < 0) {
            return Finding.note("memory", "cannot be told on this system", null);
        }
        String detail =
                ByteSizes.format(available)
                        + " available, the ring takes "
                        + ByteSizes.format(ringBytes);
        return available > 2 * ringBytes
                ? Finding.ok("memory", detail)
                : Finding.note("memory", detail, "start with a smaller one: serve --ring 64MiB");
    }

    private static long availableBytes() {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    /** A program cannot run before it was built: that clock is wrong. */
    private static Finding clock() {
        Instant now = Instant.now();
        Instant built = buildTime();
        String mend = "set the clock, best by NTP: timedatectl set-ntp true";
        return now.isBefore(built)
                ? Finding.missing("clock", "says " + now + ", before the build at " + built, mend)
                : Finding.ok("clock", "says " + now);
    }

    private static Instant buildTime() {
        try {
            Path code =
                    Path.of(
                            Doctor.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return Files.getLastModifiedTime(code).toInstant();
        } catch (java.net.URISyntaxException | IOException e) {
            return Instant.EPOCH;
        }
    }

    private Finding dataDirectory() {
        Path existing = data.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing) || !Files.isDirectory(existing)) {
            return Finding.missing(
                    "data",
                    data + " is not writable for " + System.getProperty("user.name"),
                    "choose another directory: serve --data DIR, or run as root");
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            return Finding.ok("data", data + " is writable, " + ByteSizes.format(free) + " free");
        } catch (IOException e) {
            return Finding.ok("data", data + " is writable");
        }
    }

    private static Finding tshark() {
        String path = System.getenv("PATH");
        boolean found =
                path != null
                        && Stream.of(path.split(":"))
                                .filter(directory -> !directory.isEmpty())
                                .anyMatch(
                                        directory ->
                                                Files.isExecutable(Path.of(directory, "tshark")));
        return found
                ? Finding.ok("tshark", "installed; it opens the slices")
                : Finding.note(
                        "tshark",
                        "not installed; only wanted for looking at slices",
                        "apt-get install tshark");
    }
}
