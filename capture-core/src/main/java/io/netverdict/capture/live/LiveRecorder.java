package io.netverdict.capture.live;

import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.recording.RecordingGap;
import io.netverdict.capture.ring.RingFile;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records all packets of this machine's interfaces into a fixed amount of memory, the oldest
 * overwritten first, from {@link #start} to {@link #close}.
 *
 * <p>A packet is found by a {@link #snapshot} at most about 10 ms after it crossed the interface.
 * Interfaces that appear or vanish are followed within a second. Safe for any thread.
 *
 * <p>Threads: {@code capture-NAME} for each interface, which writes its ring, and {@code
 * capture-follower}, which opens interfaces.
 */
public final class LiveRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRecorder.class);

    private static final long FOLLOW_MILLIS = 1000;
    private static final long STOP_MILLIS = 900;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final SegmentPool pool;
    private final SegmentDigests digests = new SegmentDigests();
    private final InterfaceFollower follower;
    private final Thread followerThread;
    private final long startedNanos = nowNanos();

    /** When the recording began, by an earlier process where a file has it. */
    private final long recordingSinceNanos;

    private final List<RecordingGap> gaps;

    /** Guarded by this, as is the pool's life. */
    private boolean closed;

    private LiveRecorder(RecorderConfig config) throws IOException {
        RingFile file =
                config.ringFile() == null
                        ? null
                        : RingFile.open(config.ringFile(), config.ringBytes(), startedNanos);
        pool = file == null ? new SegmentPool(config.ringBytes()) : new SegmentPool(file);
        recordingSinceNanos = file == null ? startedNanos : file.epochNanos();
        follower = new InterfaceFollower(config, pool, file, recordingSinceNanos);
        gaps = file == null || !file.isRestored() ? List.of() : restore(file);
        followerThread = new Thread(this::follow, "capture-follower");
        followerThread.setDaemon(true);
    }

    private List<RecordingGap> restore(RingFile file) {
        SegmentRestorer restorer = new SegmentRestorer(follower.slots(), startedNanos);
        pool.restore(restorer::restore);
        if (restorer.newestNanos() > 0) {
            file.putGap(new RecordingGap(restorer.newestNanos(), startedNanos));
            LOG.info(
                    "found what was recorded up to {}",
                    Instant.ofEpochSecond(0, restorer.newestNanos()));
        }
        return file.gaps();
    }

    /**
     * Begins to record.
     *
     * @throws PcapException where not one interface can be opened, or the ring's file cannot be
     *     had; its message is one line that says what to do
     * @throws IllegalArgumentException where the ring is larger than the JVM allows
     */
    public static LiveRecorder start(RecorderConfig config) throws PcapException {
        CaptureRehearsal.begin(config.cutoffBytes());
        LiveRecorder recorder;
        try {
            recorder = new LiveRecorder(config);
        } catch (IOException e) {
            throw new PcapException(PcapException.Reason.OTHER, e.getMessage());
        }
        try {
            recorder.follower.follow();
            if (!recorder.follower.isRecording()) {
                PcapException problem = recorder.follower.problem();
                throw problem != null
                        ? problem
                        : new PcapException(
                                PcapException.Reason.NO_SUCH_DEVICE,
                                "no interface is up: ip link lists them");
            }
        } catch (PcapException e) {
            recorder.close();
            throw e;
        }
        recorder.followerThread.start();
        return recorder;
    }

    private void follow() {
        PcapException last = null;
        while (sleep()) {
            digests.refresh(pool.segments());
            try {
                follower.follow();
                last = null;
            } catch (PcapException e) {
                if (last == null || !last.getMessage().equals(e.getMessage())) {
                    LOG.warn("interfaces cannot be followed: {}", e.getMessage());
                }
                last = e;
            }
        }
    }

    private synchronized boolean sleep() {
        try {
            if (!closed) {
                wait(FOLLOW_MILLIS);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }

    /**
     * What is recorded now, to be asked at leisure while recording goes on; what is overwritten
     * meanwhile is left out. Close it: it keeps the memory alive.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized Recording snapshot() {
        if (closed) {
            throw new IllegalStateException("closed=" + true);
        }
        return new LiveRecording(
                pool, digests, follower.slots(), recordingSinceNanos, gaps, nowNanos());
    }

    /**
     * The figures now.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized RecorderStatus status() {
        if (closed) {
            throw new IllegalStateException("closed=" + true);
        }
        long now = nowNanos();
        List<InterfaceStatus> interfaces = new ArrayList<>();
        follower.slots().forEach(slot -> interfaces.add(slot.status(now)));
        interfaces.addAll(follower.waiting());
        return new RecorderStatus(
                startedNanos,
                now,
                Math.max(startedNanos, pool.horizonNanos()),
                Math.max(startedNanos, pool.decidingHorizonNanos()),
                pool.bytes(),
                interfaces);
    }

    /** Ends recording within a second; idempotent. Snapshots taken before stay readable. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try {
            followerThread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean stopped = follower.stop(STOP_MILLIS);
        if (stopped && !followerThread.isAlive()) {
            pool.release();
        } else {
            // Never free memory that a thread may still write to, or may yet begin to.
            LOG.warn("a capture thread did not end in time; the ring's memory is kept");
        }
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
