package io.netverdict.it.page;

import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.client.ServiceClient;
import io.netverdict.service.client.ServiceException;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.recorder.InterfaceRecorder;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The fault lab with a whole service: it records in the client's namespace and serves its page on
 * this machine's loopback, where a browser reaches it.
 */
final class PageLab implements AutoCloseable {
    private static final long RING_BYTES = 32L << 20;
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;
    private static final int TRAFFIC_EVERY_MILLIS = 100;

    private final Lab lab;
    private final NetverdictService service;
    private final ServiceClient api;

    PageLab(Path data, int port) throws Exception {
        lab = Lab.open();
        RecorderConfig config =
                RecorderConfig.defaults()
                        .withRingBytes(RING_BYTES)
                        .withKernelBufferBytes(KERNEL_BUFFER_BYTES)
                        .withInterfaces(List.of("eth0"));
        ServiceSettings settings =
                new ServiceSettings(
                        config,
                        data,
                        new Retention(Duration.ofDays(1), 256L << 20),
                        new InetSocketAddress("127.0.0.1", port),
                        ServiceSettings.DEFAULT_SETTLE);
        InterfaceRecorder recorder = lab.client().call(() -> InterfaceRecorder.start(config));
        service = NetverdictService.start(settings, recorder);
        api = new ServiceClient(uri());
        lab.startBackgroundTraffic(TRAFFIC_EVERY_MILLIS);
    }

    /** Where the page is. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + service.address().getPort());
    }

    /** Breaks a request and hands its error over. */
    Incident fail(PageCase broken) throws ServiceException {
        broken.breakIt(lab);
        ClientFailure failure;
        try {
            failure = lab.run(broken.url(), broken.command());
        } finally {
            lab.setFault(PathFault.NONE);
        }
        if (failure.exitStatus() == 0) {
            throw new IllegalStateException(broken + " did not fail");
        }
        return api.report(failure.toReport());
    }

    /** Hands over an error of which nothing is recorded. */
    Incident report(String message) throws ServiceException {
        return api.report(
                new ErrorReport(
                        message, null, null, null, null, null, null, null, null, null, null));
    }

    @Override
    public void close() {
        service.close();
        lab.close();
    }

    /** Keeps a page with every case open, to look at: data directory, port. */
    public static void main(String[] arguments) throws Exception {
        try (PageLab page = new PageLab(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            for (PageCase each : PageCase.values()) {
                Incident incident = page.fail(each);
                System.out.println(each + " " + incident.id() + " " + incident.verdict().hint());
            }
            System.out.println(page.uri());
            Thread.currentThread().join();
        }
    }
}
