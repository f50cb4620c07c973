package io.netverdict.service.health;

import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.nativelib.socket.UnixDatagrams;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a supervisor like systemd, where one started the service and listens, that it is ready, how
 * it goes, and that it stops: the protocol of sd_notify(3) and sd_watchdog_enabled(3).
 *
 * <p>The watchdog is fed at half its interval while the parts of the service answer and no new
 * start is needed, see {@link Health#needsRestart}. What a restart would not mend, like a full
 * disk, is only told, since a restart loses what is recorded. Without a supervisor nothing happens
 * and no thread runs. Thread-safe.
 */
public final class Supervision implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_MICROS = "WATCHDOG_USEC";
    private static final String WATCHDOG_PROCESS = "WATCHDOG_PID";

    /** How often it is told how it goes where no watchdog is to be fed. */
    private static final long TELLING_MICROS = TimeUnit.SECONDS.toMicros(10);

    private final Health health;
    private final UnixDatagrams supervisor;
    private final boolean watched;
    private final ScheduledExecutorService thread;
    private boolean unheard;

    private Supervision(Health health, UnixDatagrams supervisor, long watchdogMicros) {
        this.health = health;
        this.supervisor = supervisor;
        watched = watchdogMicros > 0;
        if (supervisor == null) {
            thread = null;
            return;
        }
        send("READY=1\n" + status(health.report()));
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, "supervision");
                            made.setDaemon(true);
                            return made;
                        });
        long period = watched ? Math.max(1, watchdogMicros / 2) : TELLING_MICROS;
        thread.scheduleAtFixedRate(this::tell, 0, period, TimeUnit.MICROSECONDS);
    }

    /**
     * Tells that the service is ready, and from then on how it goes.
     *
     * @param environment of this process
     */
    public static Supervision start(Map<String, String> environment, Health health) {
        String address = environment.get(SOCKET);
        if (address == null || address.isEmpty()) {
            return new Supervision(health, null, 0);
        }
        try {
            return new Supervision(health, UnixDatagrams.to(address), watchdogMicros(environment));
        } catch (SocketFailure | IllegalArgumentException e) {
            LOG.warn("the supervisor at {} is not told anything: {}", address, e.getMessage());
            return new Supervision(health, null, 0);
        }
    }

    /** The watchdog's interval; 0 where there is none, or it is another process's. */
    private static long watchdogMicros(Map<String, String> environment) {
        String micros = environment.get(WATCHDOG_MICROS);
        String process = environment.get(WATCHDOG_PROCESS);
        if (micros == null
                || process != null
                        && !process.equals(Long.toString(ProcessHandle.current().pid()))) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(micros));
        } catch (NumberFormatException e) {
            LOG.warn("{}={} is no number", WATCHDOG_MICROS, micros);
            return 0;
        }
    }

    private void tell() {
        try {
            boolean feed = watched && !health.needsRestart();
            send((feed ? "WATCHDOG=1\n" : "") + status(health.report()));
        } catch (RuntimeException e) {
            // Not fed this time; the next look may go well.
            LOG.warn("health cannot be told: {}", e.toString());
        }
    }

    private static String status(HealthReport report) {
        String text =
                report.ok()
                        ? report.checks().stream()
                                .filter(check -> check.name().equals(Health.CAPTURE))
                                .map(HealthReport.Check::detail)
                                .findFirst()
                                .orElse("all is well")
                        : report.problems();
        return "STATUS=" + text.replace('\n', ' ');
    }

    private synchronized void send(String message) {
        try {
            supervisor.send(message.getBytes(StandardCharsets.UTF_8));
            unheard = false;
        } catch (SocketFailure e) {
            if (!unheard) {
                LOG.warn("the supervisor cannot be told: {}", e.getMessage());
            }
            unheard = true;
        }
    }

    /** Tells that the service stops; idempotent. */
    @Override
    public synchronized void close() {
        if (thread == null || thread.isShutdown()) {
            return;
        }
        thread.shutdownNow();
        send("STOPPING=1\nSTATUS=stopping");
        supervisor.close();
    }
}
