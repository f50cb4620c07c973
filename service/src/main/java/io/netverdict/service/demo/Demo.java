package io.netverdict.service.demo;

import io.netverdict.capture.live.LiveRecorder;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.LabException;
import io.netverdict.service.lab.PathFault;
import io.netverdict.service.lab.RealClient;
import io.netverdict.service.text.TextStyle;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Breaks real requests in network namespaces of its own, with the recorder running live, and prints
 * for each the client's bare error and the verdict. Nothing outside those namespaces is touched.
 */
public final class Demo {
    private static final long RING_BYTES = 32L << 20;
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;
    private static final int TRAFFIC_EVERY_MILLIS = 150;

    /** Longer than libpcap holds a packet back. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(150);

    /** How long late packets are awaited where the first look is not sure. */
    private static final Duration SECOND_LOOK = Duration.ofMillis(1_200);

    private static final double SURE = 0.9;

    private final DemoStage stage;
    private final Consumer<String> progress;
    private final Correlator correlator = new Correlator();

    /**
     * @param out what is shown
     * @param progress told what is waited for; an empty text when nothing is
     */
    public Demo(PrintWriter out, TextStyle style, Consumer<String> progress) {
        stage = new DemoStage(out, style);
        this.progress = progress;
    }

    /** The scenarios' names and stories, in order. */
    public static List<String[]> scenarios() {
        return DemoScenario.ALL.stream()
                .map(scenario -> new String[] {scenario.name(), scenario.story()})
                .toList();
    }

    /**
     * Runs scenarios to the end.
     *
     * @param names which; empty for all
     * @throws IllegalArgumentException for a name that is none
     * @throws LabException where this machine does not allow it; the message says what to do
     */
    public void run(List<String> names) {
        List<DemoScenario> chosen = choose(names);
        Instant start = Instant.now();
        progress.accept("building a network");
        try (Lab lab = Lab.open();
                LiveRecorder recorder = lab.client().call(Demo::record)) {
            lab.startBackgroundTraffic(TRAFFIC_EVERY_MILLIS);
            progress.accept("");
            stage.opening(chosen.size());
            for (int i = 0; i < chosen.size(); i++) {
                show(lab, recorder, chosen.get(i), i + 1, chosen.size());
            }
        }
        stage.closing(chosen.size(), Duration.between(start, Instant.now()));
    }

    private static LiveRecorder record() throws Exception {
        return LiveRecorder.start(
                RecorderConfig.defaults()
                        .withRingBytes(RING_BYTES)
                        .withKernelBufferBytes(KERNEL_BUFFER_BYTES));
    }

    private static List<DemoScenario> choose(List<String> names) {
        for (String name : names) {
            if (DemoScenario.ALL.stream().noneMatch(known -> known.name().equals(name))) {
                throw new IllegalArgumentException("there is no scenario '" + name + "'");
            }
        }
        return DemoScenario.ALL.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private void show(Lab lab, LiveRecorder recorder, DemoScenario scenario, int number, int of) {
        RealClient client = RealClient.preferred();
        String url = scenario.url();
        stage.curtain(
                number,
                of,
                scenario,
                client.typed(url, scenario.uploadBytes(), scenario.timeoutSeconds()));
        long before = packets(recorder);
        scenario.breakIt().accept(lab);
        progress.accept("  the client is at it, for " + scenario.timeoutSeconds() + " s at most");
        ClientFailure failure =
                lab.run(
                        url,
                        client.command(url, scenario.uploadBytes(), scenario.timeoutSeconds()));
        progress.accept("");
        stage.client(failure);
        Diagnosis diagnosis = diagnose(recorder, failure, FIRST_LOOK);
        if (diagnosis.verdict().confidence() < SURE) {
            diagnosis = diagnose(recorder, failure, SECOND_LOOK);
        }
        stage.verdict(diagnosis.withSliceFrames(), packets(recorder) - before);
        lab.setFault(PathFault.NONE);
    }

    private Diagnosis diagnose(LiveRecorder recorder, ClientFailure failure, Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Recording recording = recorder.snapshot()) {
            return correlator.diagnose(recording, failure.toReport());
        }
    }

    private static long packets(LiveRecorder recorder) {
        return recorder.status().interfaces().stream().mapToLong(one -> one.packets()).sum();
    }
}
