package io.netverdict.service.metrics;

import static io.netverdict.service.metrics.Figures.count;
import static io.netverdict.service.metrics.Figures.counter;
import static io.netverdict.service.metrics.Figures.gauge;
import static io.netverdict.service.metrics.Figures.level;

import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.ToDoubleFunction;

/** What was recorded, what was lost and where, and how far back the ring reaches. */
final class RecorderMetrics {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String INTERFACE = "interface";

    private final RecorderStatus recorder;

    RecorderMetrics(RecorderStatus recorder) {
        this.recorder = recorder;
    }

    void addTo(MetricSnapshots.Builder metrics) {
        metrics.metricSnapshot(counters("packets", "Packets recorded.", InterfaceStatus::packets))
                .metricSnapshot(
                        counters(
                                "bytes",
                                "Bytes on the wire of the packets recorded.",
                                InterfaceStatus::bytes))
                .metricSnapshot(dropped())
                .metricSnapshot(
                        counters(
                                "overwritten_packets",
                                "Packets recorded and overwritten since.",
                                InterfaceStatus::overwritten))
                .metricSnapshot(
                        gauges(
                                "recording",
                                "1 while packets are being captured.",
                                each -> each.recording() ? 1 : 0))
                .metricSnapshot(
                        gauges(
                                "ring_reach_seconds",
                                "Age of the oldest packet still in the ring.",
                                InterfaceStatus::reachesBackSeconds))
                .metricSnapshot(
                        gauges(
                                "ring_deciding_reach_seconds",
                                "Age of the oldest packet that decides verdicts: handshakes, DNS,"
                                        + " ICMP, ARP.",
                                InterfaceStatus::decidingReachesBackSeconds))
                .metricSnapshot(
                        gauges(
                                "ring_used_bytes",
                                "Memory that holds packets.",
                                InterfaceStatus::ringBytesUsed))
                .metricSnapshot(gauge("ring_bytes", "Memory for packets.", recorder.ringBytes()))
                .metricSnapshot(
                        gauge(
                                "complete_seconds",
                                "How far back nothing has been overwritten on any interface.",
                                age(recorder.completeSinceNanos())))
                .metricSnapshot(
                        gauge(
                                "deciding_complete_seconds",
                                "How far back no packet that decides verdicts was overwritten.",
                                age(recorder.decidingSinceNanos())));
    }

    private double age(long nanos) {
        return (recorder.nowNanos() - nanos) / NANOS_PER_SECOND;
    }

    private CounterSnapshot dropped() {
        CounterSnapshot.Builder metric = counter("dropped_packets", "Packets lost, by where.");
        String place = "place";
        for (InterfaceStatus each : recorder.interfaces()) {
            String name = each.name();
            metric.dataPoint(count(each.droppedByKernel(), INTERFACE, name, place, "kernel"))
                    .dataPoint(count(each.droppedByInterface(), INTERFACE, name, place, INTERFACE))
                    .dataPoint(count(each.refusedByRing(), INTERFACE, name, place, "ring"));
        }
        return metric.build();
    }

    private CounterSnapshot counters(
            String name, String help, ToDoubleFunction<InterfaceStatus> figure) {
        CounterSnapshot.Builder metric = counter(name, help);
        for (InterfaceStatus each : recorder.interfaces()) {
            metric.dataPoint(count(figure.applyAsDouble(each), INTERFACE, each.name()));
        }
        return metric.build();
    }

    private GaugeSnapshot gauges(
            String name, String help, ToDoubleFunction<InterfaceStatus> figure) {
        GaugeSnapshot.Builder metric = gauge(name, help);
        for (InterfaceStatus each : recorder.interfaces()) {
            metric.dataPoint(level(figure.applyAsDouble(each), INTERFACE, each.name()));
        }
        return metric.build();
    }
}
