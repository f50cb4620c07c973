package io.netverdict.service.warmup;

import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.nativelib.ThreadPriority;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.recorder.Recorder;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes the way of an answer many times when the service starts, so that the first real report does
 * not wait for classes to be loaded, patterns and methods to be compiled: that makes seconds of
 * what takes milliseconds. Nothing is kept of it.
 *
 * <p>Ends when the compiler has little left to do. Half of the time it sleeps; it gives way to
 * reports, and to packets for a minute: on a machine that is busy for longer it takes a twentieth
 * of the time.
 *
 * <p>Thread: {@code warm-up}.
 */
public final class WarmUp implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private static final int NICE = 10;

    /** Reports between two looks at the compiler. */
    private static final int ROUND_REPORTS = 50;

    /** Answers need no more compiling when it takes less than this share of their time. */
    private static final double DONE_SHARE = 0.1;

    private static final int DONE_ROUNDS = 4;

    private static final int REFUSED_CONNECTIONS = 4_000;

    /** One report in so many is of another kind than a refused connection. */
    private static final int OTHERS_SHARE = 10;

    /** Of work; it would be enough without ever being done. */
    private static final long ENOUGH_NANOS = 30_000_000_000L;

    /** So many times the packets: more than are all read, in several segments of the ring. */
    private static final int BUSY_TIMES = 60;

    /** Beyond this the processors are the recorder's. */
    private static final long BUSY_PACKETS_PER_SECOND = 20_000;

    private static final long BUSY_LOOK_NANOS = 500_000_000L;
    private static final long BUSY_PATIENCE_NANOS = 60_000_000_000L;
    private static final int BUSY_PAUSES = 20;

    /** Longer than opening its store takes, which cannot be cut short. */
    private static final long STOP_MILLIS = 2_000;

    private final Recorder recorder;
    private final IncidentDesk real;
    private final Path directory;
    private final Thread thread = new Thread(this::run, "warm-up");
    private volatile boolean closed;
    private volatile boolean done;
    private final long begunNanos = System.nanoTime();
    private long lastNanos = begunNanos;
    private long lastPackets;
    private boolean busy;

    /**
     * Begins.
     *
     * @param real what takes the reports that this gives way to
     * @param directory for what it writes
     */
    public WarmUp(Recorder recorder, IncidentDesk real, Path directory) {
        this.recorder = recorder;
        this.real = real;
        this.directory = directory;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        // And so for all threads that come of it: applications go first.
        ThreadPriority.set(NICE);
        awaitQuiet();
        if (closed) {
            return;
        }
        long start = System.nanoTime();
        try (Rehearsal rehearsal = new Rehearsal(directory, recorder)) {
            int reports = round(ROUND_REPORTS, rehearsal::reportAny);
            // From now on answers go another way: of a busy machine not everything is read.
            rehearsal.record(BUSY_TIMES);
            reports += round(ROUND_REPORTS, rehearsal::reportAny);
            // What all answers have in common is compiled once it was run some thousand times.
            rehearsal.recordRefused(REFUSED_CONNECTIONS);
            int doneRounds = 0;
            long workedNanos = 0;
            while (!closed && doneRounds < DONE_ROUNDS && workedNanos < ENOUGH_NANOS) {
                // Of all kinds: what is compiled for one of them is compiled anew for the next.
                rehearsal.record(1);
                long compiledMillis = compiledMillis();
                long began = System.nanoTime();
                reports += round(ROUND_REPORTS, rehearsal::reportRefused);
                reports += round(ROUND_REPORTS / OTHERS_SHARE, rehearsal::reportAny);
                long tookNanos = System.nanoTime() - began;
                workedNanos += tookNanos;
                long compiledNanos = (compiledMillis() - compiledMillis) * 1_000_000;
                doneRounds = compiledNanos < DONE_SHARE * tookNanos ? doneRounds + 1 : 0;
            }
            LOG.info(
                    "warmed up with {} reports in {} ms",
                    reports,
                    (System.nanoTime() - start) / 1_000_000);
        } catch (IOException | RuntimeException e) {
            // The first answers will be slower, and whatever is wrong shows itself there.
            LOG.info("the warm-up ended early: {}", e.toString());
            LOG.debug("warm-up", e);
        } finally {
            done = true;
        }
    }

    /** Has one report answered. */
    private interface Report {
        void make() throws IOException;
    }

    /** Has so many reports answered; how many it were when this was closed. */
    private int round(int reports, Report each) throws IOException {
        for (int report = 0; report < reports; report++) {
            awaitQuiet();
            if (closed) {
                return report;
            }
            long began = System.nanoTime();
            each.make();
            pause((System.nanoTime() - began) * (busy ? BUSY_PAUSES : 1));
        }
        return reports;
    }

    /** What the JIT compiler has worked until now; 0 where that is not told. */
    private static long compiledMillis() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
    }

    /** Whether it has ended. */
    public boolean isDone() {
        return done;
    }

    /** Waits until the recorder has little to do and no report waits: they come first. */
    private void awaitQuiet() {
        while (!closed && (real.pending() > 0 || isTooBusy())) {
            pause(BUSY_LOOK_NANOS);
        }
    }

    private boolean isTooBusy() {
        return isBusy() && System.nanoTime() - begunNanos < BUSY_PATIENCE_NANOS;
    }

    /** Whether many packets have come since this was last asked, which it is not all the time. */
    private boolean isBusy() {
        long nowNanos = System.nanoTime();
        double seconds = (nowNanos - lastNanos) / 1e9;
        if (nowNanos - lastNanos >= BUSY_LOOK_NANOS || lastNanos == begunNanos) {
            long packets = packets();
            busy = packets - lastPackets > BUSY_PACKETS_PER_SECOND * seconds;
            lastNanos = nowNanos;
            lastPackets = packets;
        }
        return busy;
    }

    /** That came to the interfaces: those recorded would be few where the recorder is behind. */
    private long packets() {
        return recorder.status().interfaces().stream()
                .mapToLong(RecorderStatus.InterfaceStatus::received)
                .sum();
    }

    /** Until it is closed, for so long at most. */
    private synchronized void pause(long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && !closed; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Has it end soon. */
    public synchronized void end() {
        closed = true;
        notifyAll();
    }

    /** Has it end and waits for that: its files are gone then. */
    @Override
    public void close() {
        end();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
