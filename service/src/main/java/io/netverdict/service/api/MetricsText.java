package io.netverdict.service.api;

import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.service.Version;
import io.netverdict.service.incident.DeskFigures;
import io.netverdict.storage.StorageUse;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The figures in Prometheus' text format, version 0.0.4.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
final class MetricsText {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double NANOS_PER_SECOND = 1e9;

    private final StringBuilder text = new StringBuilder();

    private MetricsText() {}

    static String of(RecorderStatus recorder, StorageUse use, DeskFigures figures, int collecting) {
        MetricsText metrics = new MetricsText();
        metrics.recorder(recorder);
        metrics.incidents(figures, collecting);
        metrics.storage(use);
        metrics.head("netverdict_build_info", "gauge", "The version that runs.");
        metrics.sample("netverdict_build_info", "version", Version.current(), 1);
        return metrics.text.toString();
    }

    private void recorder(RecorderStatus recorder) {
        byInterface(
                recorder,
                "netverdict_packets_total",
                "counter",
                "Packets recorded.",
                InterfaceStatus::packets);
        byInterface(
                recorder,
                "netverdict_bytes_total",
                "counter",
                "Bytes on the wire of the packets recorded.",
                InterfaceStatus::bytes);
        head("netverdict_dropped_packets_total", "counter", "Packets lost, by where.");
        for (InterfaceStatus each : recorder.interfaces()) {
            dropped(each, "kernel", each.droppedByKernel());
            dropped(each, "interface", each.droppedByInterface());
            dropped(each, "ring", each.refusedByRing());
        }
        byInterface(
                recorder,
                "netverdict_overwritten_packets_total",
                "counter",
                "Packets recorded and overwritten since.",
                InterfaceStatus::overwritten);
        byInterface(
                recorder,
                "netverdict_ring_reach_seconds",
                "gauge",
                "Age of the oldest packet still in the ring.",
                InterfaceStatus::reachesBackSeconds);
        byInterface(
                recorder,
                "netverdict_ring_deciding_reach_seconds",
                "gauge",
                "Age of the oldest packet that decides verdicts: handshakes, DNS, ICMP, ARP.",
                InterfaceStatus::decidingReachesBackSeconds);
        byInterface(
                recorder,
                "netverdict_recording",
                "gauge",
                "1 while packets are being captured.",
                each -> each.recording() ? 1 : 0);
        single("netverdict_ring_bytes", "gauge", "Memory for packets.", recorder.ringBytes());
        single(
                "netverdict_complete_seconds",
                "gauge",
                "How far back nothing has been overwritten on any interface.",
                (recorder.nowNanos() - recorder.completeSinceNanos()) / NANOS_PER_SECOND);
        single(
                "netverdict_deciding_complete_seconds",
                "gauge",
                "How far back no packet that decides verdicts has been overwritten.",
                (recorder.nowNanos() - recorder.decidingSinceNanos()) / NANOS_PER_SECOND);
    }

    private void dropped(InterfaceStatus each, String place, long packets) {
        sample(
                "netverdict_dropped_packets_total",
                Map.entry("interface", each.name()),
                Map.entry("place", place),
                packets);
    }

    private void byInterface(
            RecorderStatus recorder,
            String name,
            String type,
            String help,
            ToDoubleFunction<InterfaceStatus> figure) {
        head(name, type, help);
        for (InterfaceStatus each : recorder.interfaces()) {
            sample(name, "interface", each.name(), figure.applyAsDouble(each));
        }
    }

    private void incidents(DeskFigures figures, int collecting) {
        head("netverdict_incidents_total", "counter", "Verdicts since the start.");
        figures.verdicts()
                .forEach(
                        (kind, count) ->
                                sample(
                                        "netverdict_incidents_total",
                                        Map.entry("cause", kind.cause().code()),
                                        Map.entry("blame", kind.blame().code()),
                                        count));
        single(
                "netverdict_incidents_collecting",
                "gauge",
                "Incidents whose late packets are awaited.",
                collecting);
        single(
                "netverdict_reports_refused_total",
                "counter",
                "Error reports turned away because too many were waiting.",
                figures.refusedReports());
        String name = "netverdict_verdict_seconds";
        head(name, "histogram", "Time from the snapshot to the verdict.");
        DeskFigures.Histogram times = figures.verdictTimes();
        for (int i = 0; i < times.boundsNanos().length; i++) {
            String bound = String.valueOf(times.boundsNanos()[i] / NANOS_PER_SECOND);
            sample(name + "_bucket", "le", bound, times.counts()[i]);
        }
        long count = times.counts()[times.counts().length - 1];
        sample(name + "_bucket", "le", "+Inf", count);
        sample(name + "_sum", times.sumNanos() / NANOS_PER_SECOND);
        sample(name + "_count", count);
        single(
                "netverdict_store_seconds_total",
                "counter",
                "Time spent on bringing verdicts and slices to the disk.",
                figures.storeNanos() / NANOS_PER_SECOND);
    }

    private void storage(StorageUse use) {
        single("netverdict_incidents_kept", "gauge", "Incidents kept.", use.incidents());
        single(
                "netverdict_storage_bytes",
                "gauge",
                "Bytes of slices and database rows.",
                use.storedBytes());
    }

    private void single(String name, String type, String help, double value) {
        head(name, type, help);
        sample(name, value);
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, double value) {
        text.append(name).append(' ').append(number(value)).append('\n');
    }

    private void sample(String name, String label, String labelValue, double value) {
        text.append(name).append('{').append(label(label, labelValue)).append("} ");
        text.append(number(value)).append('\n');
    }

    private void sample(
            String name,
            Map.Entry<String, String> one,
            Map.Entry<String, String> other,
            double value) {
        text.append(name).append('{').append(label(one.getKey(), one.getValue())).append(',');
        text.append(label(other.getKey(), other.getValue())).append("} ");
        text.append(number(value)).append('\n');
    }

    private static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
