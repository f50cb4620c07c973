package io.netverdict.service.metrics;

import static io.netverdict.service.metrics.Figures.count;
import static io.netverdict.service.metrics.Figures.counter;
import static io.netverdict.service.metrics.Figures.gauge;

import io.netverdict.service.incident.DeskFigures;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.StorageUse;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** What became of error reports, and what is kept. */
final class IncidentMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final IncidentDesk desk;
    private final IncidentStore store;

    IncidentMetrics(IncidentDesk desk, IncidentStore store) {
        this.desk = desk;
        this.store = store;
    }

    void addTo(MetricSnapshots.Builder metrics) {
        DeskFigures figures = desk.figures();
        StorageUse use = store.use();
        metrics.metricSnapshot(verdicts(figures))
                .metricSnapshot(verdictTimes(figures.verdictTimes()))
                .metricSnapshot(
                        gauge(
                                "incidents_collecting",
                                "Incidents whose late packets are awaited.",
                                desk.pending()))
                .metricSnapshot(
                        counter(
                                "reports_refused",
                                "Error reports turned away because too many were waiting.",
                                figures.refusedReports()))
                .metricSnapshot(
                        counter(
                                "store_seconds",
                                "Time spent on bringing verdicts and slices to the disk.",
                                figures.storeNanos() / NANOS_PER_SECOND))
                .metricSnapshot(
                        counter(
                                "store_failures",
                                "Incidents that could not be kept.",
                                store.health().failures()))
                .metricSnapshot(gauge("incidents_kept", "Incidents kept.", use.incidents()))
                .metricSnapshot(
                        gauge(
                                "storage_bytes",
                                "Bytes of slices and database rows.",
                                use.storedBytes()));
    }

    private static CounterSnapshot verdicts(DeskFigures figures) {
        CounterSnapshot.Builder metric = counter("incidents", "Verdicts since the start.");
        figures.verdicts()
                .forEach(
                        (kind, number) ->
                                metric.dataPoint(
                                        count(
                                                number,
                                                "cause",
                                                kind.cause().code(),
                                                "blame",
                                                kind.blame().code())));
        return metric.build();
    }

    private static HistogramSnapshot verdictTimes(DeskFigures.Histogram times) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long before = 0;
        for (int i = 0; i < times.counts().length; i++) {
            double bound =
                    i < times.boundsNanos().length
                            ? times.boundsNanos()[i] / NANOS_PER_SECOND
                            : Double.POSITIVE_INFINITY;
            buckets.bucket(bound, times.counts()[i] - before);
            before = times.counts()[i];
        }
        return HistogramSnapshot.builder()
                .name(Figures.PREFIX + "verdict_seconds")
                .help("Time from the snapshot to the verdict.")
                .dataPoint(
                        HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(buckets.build())
                                .sum(times.sumNanos() / NANOS_PER_SECOND)
                                .build())
                .build();
    }
}
