package io.netverdict.it.exam;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.correlator.model.ErrorReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What recordings and reports suffer on their way to a verdict. */
enum Alteration {
    /** The recorder was stopped before it had handed over its last packets. */
    WITHOUT_ITS_END(0.85, packets -> packets.subList(0, Math.max(1, packets.size() - 2)), at -> at),

    /** The recorder was started, or its ring reaches back, to the middle of the request. */
    WITHOUT_ITS_BEGINNING(
            0.95,
            packets -> packets.subList(Math.max(1, packets.size() / 10), packets.size()),
            at -> at),

    /** As {@code tcpdump -s 96} records. */
    SHORT_SNAP_LENGTH(0.8, packets -> packets.stream().map(p -> cut(p, 96)).toList(), at -> at),

    /** As on a router, or on an interface and its bridge. */
    EVERY_PACKET_TWICE(0.99, Alteration::twice, at -> at),

    /** As most logs write times. */
    TIMES_IN_WHOLE_SECONDS(0.99, packets -> packets, at -> at.truncatedTo(ChronoUnit.SECONDS)),

    CLIENTS_CLOCK_BEHIND(0.9, packets -> packets, at -> at.minus(Duration.ofMillis(200))),

    CLIENTS_CLOCK_AHEAD(0.95, packets -> packets, at -> at.plus(Duration.ofMillis(200)));

    private static final long COPY_NANOS = 3_000;

    private final double causesRightAtLeast;
    private final UnaryOperator<List<CapturedPacket>> packets;
    private final UnaryOperator<Instant> times;

    Alteration(
            double causesRightAtLeast,
            UnaryOperator<List<CapturedPacket>> packets,
            UnaryOperator<Instant> times) {
        this.causesRightAtLeast = causesRightAtLeast;
        this.packets = packets;
        this.times = times;
    }

    /** The share of the exam that is still decided rightly; never is one wrong and sure. */
    double causesRightAtLeast() {
        return causesRightAtLeast;
    }

    List<CapturedPacket> of(List<CapturedPacket> recorded) {
        return packets.apply(recorded);
    }

    ErrorReport of(ErrorReport report) {
        return new ErrorReport(
                report.message(),
                report.url(),
                report.method(),
                report.occurredAt() == null ? null : times.apply(report.occurredAt()),
                report.startedAt() == null ? null : times.apply(report.startedAt()),
                report.local(),
                report.remote(),
                report.proxy(),
                report.client(),
                report.key(),
                report.attributes());
    }

    private static List<CapturedPacket> twice(List<CapturedPacket> recorded) {
        List<CapturedPacket> all = new ArrayList<>();
        for (CapturedPacket packet : recorded) {
            all.add(packet);
            all.add(with(packet, packet.timeNanos() + COPY_NANOS, packet.data()));
        }
        return all;
    }

    private static CapturedPacket cut(CapturedPacket packet, int bytes) {
        ByteBuffer data = packet.data();
        return with(
                packet,
                packet.timeNanos(),
                data.slice(0, Math.min(bytes, packet.capturedLength())));
    }

    private static CapturedPacket with(CapturedPacket packet, long timeNanos, ByteBuffer data) {
        return new CapturedPacket(
                packet.number(),
                timeNanos,
                packet.interfaceIndex(),
                packet.direction(),
                packet.linkType(),
                packet.wireLength(),
                data);
    }
}
