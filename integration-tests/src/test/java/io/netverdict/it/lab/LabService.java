package io.netverdict.it.lab;

import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.client.ServiceClient;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The whole service, running in the client's namespace. */
final class LabService implements AutoCloseable {
    private static final long RING_BYTES = 32L << 20;
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;

    private final Lab lab;
    private final NetverdictService service;
    private final ServiceClient api;

    LabService(Lab lab, Path data) {
        this.lab = lab;
        RecorderConfig recorder =
                RecorderConfig.defaults()
                        .withRingBytes(RING_BYTES)
                        .withKernelBufferBytes(KERNEL_BUFFER_BYTES)
                        .withInterfaces(List.of("eth0"));
        ServiceSettings settings =
                new ServiceSettings(
                        recorder,
                        data,
                        new Retention(Duration.ofDays(1), 64L << 20),
                        new InetSocketAddress("127.0.0.1", 0),
                        ServiceSettings.DEFAULT_SETTLE);
        service = lab.client().call(() -> NetverdictService.start(settings));
        api = lab.client().call(() -> new ServiceClient(URI.create(url())));
    }

    /** As clients in the namespace reach it. */
    String url() {
        return "http://127.0.0.1:" + service.address().getPort();
    }

    ServiceClient api() {
        return api;
    }

    /** What records the client's interface. */
    Recorder recorder() {
        return service.recorder();
    }

    /** Every incident, newest first. */
    List<Incident> incidents() {
        return lab.client().call(() -> api.incidents(Map.of())).incidents();
    }

    @Override
    public void close() {
        service.close();
    }
}
