package io.netverdict.capture.live;

import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentKind;
import io.netverdict.nativelib.PcapStatistics;

/**
 * An interface of the recording: its ring and figures, which stay while captures on it end and
 * begin again. Safe for any thread; the ring is written by the current capture's thread only.
 */
final class InterfaceSlot {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RecordedInterface recorded;
    private final PacketRing ring;
    private PcapStatistics before = PcapStatistics.NONE;
    private InterfaceCapture capture;
    private String problem = "";

    InterfaceSlot(RecordedInterface recorded, PacketRing ring) {
        this.recorded = recorded;
        this.ring = ring;
    }

    String name() {
        return recorded.name();
    }

    RecordedInterface recorded() {
        return recorded;
    }

    PacketRing ring() {
        return ring;
    }

    synchronized void begin(InterfaceCapture next) {
        capture = next;
        problem = "";
        ring.resume();
        next.start();
    }

    /** By the capture's thread, as the last thing it does. */
    synchronized void ended(InterfaceCapture ended, String why) {
        ring.pause();
        before = before.plus(ended.handle().statistics());
        capture = null;
        problem = why;
    }

    /** The running capture, or null. */
    synchronized InterfaceCapture capture() {
        return capture;
    }

    synchronized int kernelBufferBytes() {
        return capture == null ? 0 : capture.kernelBufferBytes();
    }

    synchronized PcapStatistics statistics() {
        return capture == null ? before : before.plus(capture.handle().statistics());
    }

    /** Whether there is anything left that a new interface must not take over. */
    boolean isEmpty() {
        return capture() == null && ring.bytesHeld() == 0;
    }

    boolean isUndecodable() {
        return LinkType.fromCode(recorded.linkType()) == LinkType.UNKNOWN;
    }

    synchronized InterfaceStatus status(long nowNanos) {
        PacketRing.Counters counters = ring.counters();
        PcapStatistics statistics = statistics();
        long first = ring.firstNanos(SegmentKind.DATA);
        long firstDeciding = ring.firstNanos(SegmentKind.DECIDING);
        return new InterfaceStatus(
                recorded.name(),
                capture != null,
                problem,
                recorded.linkType(),
                statistics.received(),
                counters.packets(),
                counters.bytes(),
                statistics.droppedByKernel(),
                statistics.droppedByInterface(),
                counters.refused(),
                counters.overwritten(),
                ring.bytesHeld(),
                age(nowNanos, first),
                Math.max(age(nowNanos, first), age(nowNanos, firstDeciding)),
                kernelBufferBytes());
    }

    private static double age(long nowNanos, long firstNanos) {
        return firstNanos == 0 ? 0 : Math.max(0, nowNanos - firstNanos) / NANOS_PER_SECOND;
    }
}
