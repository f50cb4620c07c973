package io.netverdict.service;

import io.netverdict.nativelib.PcapException;
import io.netverdict.service.api.ApiServer;
import io.netverdict.service.context.ContextService;
import io.netverdict.service.health.Health;
import io.netverdict.service.health.Supervision;
import io.netverdict.service.incident.Housekeeping;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.probe.Prober;
import io.netverdict.service.recorder.InterfaceRecorder;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.service.warmup.WarmUp;
import io.netverdict.storage.IncidentStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background service: recorder, desk, store and API, started together and closed together in
 * the opposite order. Closing takes less than a second, decides what is pending, and is idempotent.
 */
public final class NetverdictService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetverdictService.class);
    private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofMinutes(5);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Recorder recorder;
    private Health health;
    private ApiServer api;
    private volatile WarmUp warmUp;

    private NetverdictService() {}

    /** Something that begins to record. */
    private interface RecorderStart {
        Recorder start() throws PcapException;
    }

    /**
     * Starts the service on this machine's interfaces.
     *
     * @throws PcapException where nothing can be captured; the message says what to do
     * @throws IOException where the API's address cannot be listened on
     * @throws io.netverdict.storage.StorageException where the data directory cannot be used
     */
    public static NetverdictService start(ServiceSettings settings)
            throws PcapException, IOException {
        return start(settings, () -> InterfaceRecorder.start(settings.recorder()));
    }

    /** Starts the service on a recorder that exists; it is closed with the service. */
    public static NetverdictService start(ServiceSettings settings, Recorder recorder)
            throws IOException {
        try {
            return start(settings, () -> recorder);
        } catch (PcapException e) {
            throw new IllegalStateException("a recorder that exists needs no start", e);
        }
    }

    private static NetverdictService start(ServiceSettings settings, RecorderStart recorder)
            throws PcapException, IOException {
        NetverdictService service = new NetverdictService();
        boolean started = false;
        try {
            service.begin(settings, recorder);
            started = true;
            return service;
        } finally {
            if (!started) {
                service.close();
            }
        }
    }

    private void begin(ServiceSettings settings, RecorderStart start)
            throws PcapException, IOException {
        // Begun first and beside the rest: the ring's memory and the kernel's buffers take a while.
        FutureTask<Recorder> recording = new FutureTask<>(start::start);
        Thread starting = new Thread(recording, "capture-start");
        starting.setDaemon(true);
        starting.start();
        IncidentStore store;
        try {
            store =
                    IncidentStore.open(
                            settings.data(), settings.retention(), AnsweringThreads.named("store"));
            parts.push(store);
        } finally {
            recorder = await(recording);
            // Closed after the store, as it was begun before.
            parts.addLast(recorder);
        }
        Prober prober = new Prober(settings.probes(), settings.recorder().namespaces());
        ContextService context =
                ContextService.start(settings.recorder().namespaces(), !settings.settle().isZero());
        parts.push(context);
        IncidentDesk desk = new IncidentDesk(recorder, store, context, settings.settle(), prober);
        parts.push(desk);
        desk.resume();
        health = new Health(recorder, store, desk, settings.data());
        api =
                new ApiServer(
                        settings.listen(),
                        new ApiServer.Parts(recorder, store, desk, health, this::isWarm));
        // The API stops after the desk, so that clients who wait still get their verdicts.
        parts.pop();
        parts.push(api);
        parts.push(desk);
        // Before the desk, which then need not wait for probes.
        parts.push(prober);
        parts.push(new Housekeeping(store, HOUSEKEEPING_INTERVAL));
        warmUp = new WarmUp(recorder, desk, settings.data().resolve("warm-up"));
        // It ends while the rest is closed, and is waited for behind that.
        parts.addLast(warmUp);
        parts.push(warmUp::end);
    }

    private boolean isWarm() {
        return warmUp != null && warmUp.isDone();
    }

    /** The recorder once it records; what kept it from that is thrown here as it was there. */
    private static Recorder await(FutureTask<Recorder> recording) throws PcapException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return recording.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PcapException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the recorder does not start", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Tells a supervisor, where the environment of this process names one, that the service is
     * ready, and from then on how it goes.
     */
    public synchronized void tellSupervisor(Map<String, String> environment) {
        // Closed first, so that stopping is told at once.
        parts.push(Supervision.start(environment, health));
    }

    /** Where the API listens. */
    public InetSocketAddress address() {
        return api.address();
    }

    /** What records. */
    public Recorder recorder() {
        return recorder;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            String name = part.getClass().getSimpleName();
            long start = System.nanoTime();
            try {
                part.close();
                LOG.debug("{} stopped in {} ms", name, (System.nanoTime() - start) / 1_000_000);
            } catch (Exception e) {
                LOG.warn("stopping {}: {}", name, e.getMessage());
            }
        }
    }
}
