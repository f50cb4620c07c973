package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client's machine that is broken on purpose, with the service that records it: what a test of
 * its context does and looks at.
 */
final class FaultyClient implements AutoCloseable {
    private static final int FIRST_HOST = 10;

    private final Lab lab = Lab.open();
    private final LabService service;
    private int hosts;

    /**
     * @param data where the service keeps incidents
     */
    FaultyClient(Path data) {
        try {
            service = new LabService(lab, data);
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    Lab lab() {
        return lab;
    }

    /** A host of its own for each case, so that the cases' packets stay apart. */
    String newHost(String name) {
        String address = "198.51.100." + (FIRST_HOST + hosts++);
        lab.addHost(name, address);
        return address;
    }

    ClientFailure curl(String url, int timeoutSeconds) {
        ClientFailure failure =
                lab.run(
                        url,
                        "curl",
                        "-sS",
                        "--noproxy",
                        "*",
                        "-m",
                        Integer.toString(timeoutSeconds),
                        url);
        assertFalse(failure.exitStatus() == 0, "the request did not fail");
        return failure;
    }

    void inClient(String... command) {
        try {
            Process process = lab.client().process(List.of(command)).inheritIO().start();
            assertEquals(0, process.waitFor(), () -> String.join(" ", command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Incident report(ErrorReport report) {
        return lab.client().call(() -> service.api().report(report));
    }

    Verdict byPacketsAlone(ErrorReport report) {
        try (Recording recording = service.recorder().snapshot()) {
            return new Correlator().diagnose(recording, report).verdict();
        }
    }

    /** The fact is among the evidence with the context, and cannot be without. */
    void assertTold(Incident incident, ErrorReport report, String fact) {
        Verdict packets = byPacketsAlone(report);
        assertAll(
                () ->
                        assertTrue(
                                incident.verdict().evidence().stream()
                                        .anyMatch(
                                                e ->
                                                        e.text().startsWith("context: ")
                                                                && e.text().contains(fact)
                                                                && e.frames().isEmpty()),
                                () ->
                                        fact
                                                + " is not in "
                                                + incident.verdict()
                                                + "; context "
                                                + incident.context()),
                () ->
                        assertFalse(
                                packets.evidence().stream().anyMatch(e -> e.text().contains(fact)),
                                "packets alone tell it, too"));
    }

    /** The recorder opens an interface that came back within a second. */
    void awaitRecording() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (service.recorder().status().interfaces().stream().noneMatch(i -> i.recording())) {
            assertTrue(System.nanoTime() < deadline, "eth0 is not recorded again");
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        service.close();
        lab.close();
    }
}
