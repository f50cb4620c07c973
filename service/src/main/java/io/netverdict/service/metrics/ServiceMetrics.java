package io.netverdict.service.metrics;

import io.netverdict.service.Version;
import io.netverdict.service.health.Health;
import io.netverdict.service.health.HealthReport;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** All figures of the service at the time of asking. Thread-safe. */
public final class ServiceMetrics {
    private final Recorder recorder;
    private final IncidentMetrics incidents;
    private final Health health;
    private final Consumer<MetricSnapshots.Builder> others;

    /** Made at the first scrape: most services are never scraped, and these take time to load. */
    private PrometheusRegistry jvm;

    /**
     * @param others adds what its owner counts
     */
    public ServiceMetrics(
            Recorder recorder,
            IncidentStore store,
            IncidentDesk desk,
            Health health,
            Consumer<MetricSnapshots.Builder> others) {
        this.recorder = recorder;
        this.incidents = new IncidentMetrics(desk, store);
        this.health = health;
        this.others = others;
    }

    /**
     * What a scrape is answered with.
     *
     * @param mediaType with its version
     */
    public record Exposition(String mediaType, byte[] text) {}

    /**
     * The figures in the format the scraper asks for: OpenMetrics, else Prometheus' text format.
     *
     * @param accept the request's header, or null
     */
    public Exposition expose(String accept) {
        ExpositionFormatWriter writer = OpenMetricsTextFormatWriter.create();
        if (accept == null || !writer.accepts(accept)) {
            writer = PrometheusTextFormatWriter.create();
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, collect(), EscapingScheme.DEFAULT);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Exposition(writer.getContentType(), text.toByteArray());
    }

    private MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        new RecorderMetrics(recorder.status()).addTo(metrics);
        incidents.addTo(metrics);
        metrics.metricSnapshot(healthy());
        others.accept(metrics);
        metrics.metricSnapshot(
                InfoSnapshot.builder()
                        .name(Figures.PREFIX + "build")
                        .help("The version that runs.")
                        .dataPoint(
                                InfoDataPointSnapshot.builder()
                                        .labels(Labels.of("version", Version.current()))
                                        .build())
                        .build());
        jvm().scrape().forEach(metrics::metricSnapshot);
        return metrics.build();
    }

    private GaugeSnapshot healthy() {
        GaugeSnapshot.Builder metric =
                Figures.gauge("healthy", "1 while a part of the service does its work.");
        for (HealthReport.Check check : health.report().checks()) {
            metric.dataPoint(Figures.level(check.ok() ? 1 : 0, "part", check.name()));
        }
        return metric.build();
    }

    private synchronized PrometheusRegistry jvm() {
        if (jvm == null) {
            PrometheusRegistry made = new PrometheusRegistry();
            JvmMemoryMetrics.builder().register(made);
            JvmGarbageCollectorMetrics.builder().register(made);
            JvmThreadsMetrics.builder().register(made);
            ProcessMetrics.builder().register(made);
            jvm = made;
        }
        return jvm;
    }

    /** A counter without labels, for who adds to the figures. */
    public static void addCounter(
            MetricSnapshots.Builder metrics, String name, String help, double value) {
        metrics.metricSnapshot(Figures.counter(name, help, value));
    }

    /** A gauge without labels, for who adds to the figures. */
    public static void addGauge(
            MetricSnapshots.Builder metrics, String name, String help, double value) {
        metrics.metricSnapshot(Figures.gauge(name, help, value));
    }
}
