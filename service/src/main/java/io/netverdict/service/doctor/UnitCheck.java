package io.netverdict.service.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the service starts with the machine and is started again when it ends. */
final class UnitCheck {
    private static final String CHECK = "supervisor";
    private static final String UNIT = "netverdict.service";
    private static final String LOCAL_UNITS = "etc/systemd/system";

    /** Where systemd looks for units, see systemd.unit(5); the first found is in force. */
    private static final List<String> UNITS =
            List.of(
                    LOCAL_UNITS,
                    "run/systemd/system",
                    "usr/lib/systemd/system",
                    "lib/systemd/system");

    private UnitCheck() {}

    /**
     * Looks at systemd's files; asks systemd nothing.
     *
     * @param root of the file system
     */
    static Finding of(Path root) {
        // Says sd_booted(3).
        if (!Files.isDirectory(root.resolve("run/systemd/system"), LinkOption.NOFOLLOW_LINKS)) {
            return Finding.ok(
                    CHECK, "no systemd here; another one polls GET /api/v1/health, 503 is failing");
        }
        Optional<Path> unit =
                UNITS.stream()
                        .map(directory -> root.resolve(directory).resolve(UNIT))
                        .filter(Files::isRegularFile)
                        .findFirst();
        if (unit.isEmpty()) {
            return Finding.note(
                    CHECK,
                    "no " + UNIT + ": it neither starts with the machine nor again after a fault",
                    "sudo cp service/packaging/"
                            + UNIT
                            + " /etc/systemd/system/"
                            + " && sudo systemctl daemon-reload"
                            + " && sudo systemctl enable --now netverdict");
        }
        if (!isEnabled(root)) {
            return Finding.note(
                    CHECK,
                    unit.get() + " is not enabled: it does not start with the machine",
                    "sudo systemctl enable --now netverdict");
        }
        return notifies(unit.get())
                ? Finding.ok(CHECK, unit.get() + " is enabled, with a watchdog")
                : Finding.note(
                        CHECK,
                        unit.get() + " is enabled, without a watchdog",
                        "take over Type=notify and WatchdogSec= from service/packaging/" + UNIT);
    }

    private static boolean isEnabled(Path root) {
        try (Stream<Path> entries = Files.list(root.resolve(LOCAL_UNITS))) {
            return entries.filter(each -> each.toString().endsWith(".wants"))
                    .anyMatch(
                            wants -> Files.exists(wants.resolve(UNIT), LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean notifies(Path unit) {
        try {
            List<String> lines = Files.readAllLines(unit);
            return lines.contains("Type=notify")
                    && lines.stream().anyMatch(line -> line.startsWith("WatchdogSec="));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }
}
