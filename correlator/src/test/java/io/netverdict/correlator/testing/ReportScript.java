package io.netverdict.correlator.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.probe.ProbeReport;
import io.netverdict.correlator.probe.ProbeResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** An error report about a script, and the way to its verdict. */
public final class ReportScript {
    private static final int MUTATIONS = 60;

    private final PacketScript script;
    private final String message;
    private String url;
    private String method = "GET";
    private String local;
    private String remote;
    private String proxy;
    private String client;
    private HostContext context = HostContext.NONE;
    private ProbeReport probes = ProbeReport.NONE;
    private double startedAt = Double.NaN;
    private boolean wholeSeconds;
    private double occurredAt = Double.NaN;

    ReportScript(PacketScript script, String message) {
        this.script = script;
        this.message = message;
    }

    public ReportScript url(String value) {
        url = value;
        return this;
    }

    public ReportScript method(String value) {
        method = value;
        return this;
    }

    public ReportScript local(String value) {
        local = value;
        return this;
    }

    public ReportScript remote(String value) {
        remote = value;
        return this;
    }

    public ReportScript proxy(String value) {
        proxy = value;
        return this;
    }

    public ReportScript client(String value) {
        client = value;
        return this;
    }

    /** What the machine knew of itself, in the JSON of incidents. */
    public ReportScript context(String json) {
        try {
            context = ContractJson.mapper().readValue(json, HostContext.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("json=" + json, e);
        }
        return this;
    }

    /** What probes found after the error. */
    public ReportScript probes(ProbeResult... results) {
        probes = new ProbeReport(List.of(results));
        return this;
    }

    /** When the request began, in seconds of the script. */
    public ReportScript started(double seconds) {
        startedAt = seconds;
        return this;
    }

    /** When the client reported, in seconds of the script. */
    public ReportScript occurred(double seconds) {
        occurredAt = seconds;
        return this;
    }

    /** Its times are those of a log that leaves out what is less than a second. */
    public ReportScript inWholeSeconds() {
        wholeSeconds = true;
        return this;
    }

    /** Begin and end of the request. */
    public ReportScript between(double startedSeconds, double occurredSeconds) {
        return started(startedSeconds).occurred(occurredSeconds);
    }

    public Diagnosis diagnose() {
        return diagnose(script.recording());
    }

    private Diagnosis diagnose(MemoryRecording recording) {
        ErrorReport report =
                new ErrorReport(
                        message,
                        url,
                        method,
                        instant(occurredAt),
                        instant(startedAt),
                        local,
                        remote,
                        proxy,
                        client,
                        null,
                        null);
        return new Correlator().diagnose(recording, report, targets -> context, probes);
    }

    /** The verdict over the whole public path. */
    public VerdictCheck verdict() {
        MemoryRecording recording = script.recording();
        return new VerdictCheck(diagnose(recording), recording);
    }

    /** The verdict where only so many bytes of each packet were kept. */
    public VerdictCheck verdictWhenCutTo(int snapLength) {
        script.snapLength(snapLength);
        VerdictCheck check = verdict();
        script.snapLength(0);
        return check;
    }

    /**
     * Diagnoses the script again and again with bytes of its packets changed at random, which must
     * never throw and always give a sound verdict. The seed is printed.
     */
    public void survivesDamage(String test) {
        long seed = TestBytes.seed(test);
        for (int i = 0; i < MUTATIONS; i++) {
            Random random = new Random(seed + i);
            int oneIn = 1 + random.nextInt(6);
            UnaryOperator<byte[]> damage =
                    bytes -> random.nextInt(oneIn) == 0 ? TestBytes.mutate(bytes, random) : bytes;
            MemoryRecording recording = script.recording(damage);
            try {
                new VerdictCheck(diagnose(recording), recording);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed=" + (seed + i) + ": " + e, e);
            }
        }
    }

    private Instant instant(double seconds) {
        if (Double.isNaN(seconds)) {
            return null;
        }
        Instant exact =
                Instant.ofEpochSecond(0, PacketScript.START_NANOS + Math.round(seconds * 1e9));
        return wholeSeconds ? exact.truncatedTo(ChronoUnit.SECONDS) : exact;
    }
}
