package io.netverdict.service.health;

import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.service.ByteSizes;
import io.netverdict.service.health.HealthReport.Check;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at the parts of a running service. Thread-safe; a look takes well under a millisecond. */
public final class Health {
    /** Less than this and the next incidents may not fit. */
    static final long MIN_FREE_BYTES = 4L << 20;

    static final String CAPTURE = "capture";

    private final Recorder recorder;
    private final IncidentStore store;
    private final IncidentDesk desk;
    private final Path data;

    /**
     * @param data where incidents are kept
     */
    public Health(Recorder recorder, IncidentStore store, IncidentDesk desk, Path data) {
        this.recorder = recorder;
        this.store = store;
        this.desk = desk;
        this.data = data;
    }

    /** How it is now. */
    public HealthReport report() {
        return HealthReport.of(List.of(capture(), kept(), disk(), desk()));
    }

    /**
     * Whether only a new start mends what fails, which is when recording has ended. Interfaces that
     * are gone come back without, the store opens its database again, and no start frees a disk.
     */
    public boolean needsRestart() {
        try {
            recorder.status();
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    private Check capture() {
        RecorderStatus status;
        try {
            status = recorder.status();
        } catch (IllegalStateException closed) {
            return new Check(CAPTURE, false, "recording has ended");
        }
        List<InterfaceStatus> interfaces = status.interfaces();
        String recorded = names(interfaces, true);
        String idle = names(interfaces, false);
        if (recorded.isEmpty()) {
            return new Check(CAPTURE, false, "no interface is recorded: " + idle);
        }
        return new Check(
                CAPTURE, true, "recording " + recorded + (idle.isEmpty() ? "" : "; not " + idle));
    }

    private static String names(List<InterfaceStatus> interfaces, boolean recording) {
        return interfaces.stream()
                .filter(each -> each.recording() == recording)
                .map(each -> each.name() + (recording ? "" : " (" + each.problem() + ")"))
                .collect(Collectors.joining(", "));
    }

    private Check kept() {
        Optional<StorageException> problem = store.health().problem();
        return problem.map(failure -> new Check("store", false, failure.getMessage()))
                .orElse(new Check("store", true, "incidents are kept"));
    }

    private Check disk() {
        long free = data.toFile().getUsableSpace();
        String detail = ByteSizes.format(free) + " free for " + data;
        return free >= MIN_FREE_BYTES
                ? new Check("disk", true, detail)
                : new Check("disk", false, detail + ": make room, or lower keep-bytes");
    }

    private Check desk() {
        int pending = desk.pending();
        return pending < IncidentDesk.MAX_PENDING
                ? new Check("desk", true, pending + " reports wait for their verdicts")
                : new Check("desk", false, pending + " reports wait, more are refused");
    }
}
