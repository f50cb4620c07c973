package io.netverdict.service.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** Makes metrics of figures that others count. */
final class Figures {
    static final String PREFIX = "netverdict_";

    private Figures() {}

    /** A counter without values; its name comes without {@code _total}. */
    static CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name(PREFIX + name).help(help);
    }

    /** A gauge without values. */
    static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(PREFIX + name).help(help);
    }

    static CounterSnapshot counter(String name, String help, double value) {
        return counter(name, help).dataPoint(count(value)).build();
    }

    static GaugeSnapshot gauge(String name, String help, double value) {
        return gauge(name, help).dataPoint(level(value)).build();
    }

    /**
     * @param labels names and values in turn
     */
    static CounterDataPointSnapshot count(double value, String... labels) {
        return CounterDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build();
    }

    /**
     * @param labels names and values in turn
     */
    static GaugeDataPointSnapshot level(double value, String... labels) {
        return GaugeDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build();
    }
}
