package io.netverdict.it.bench.micro;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.live.PacketRecorder;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.RecordDescriptor;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapDevice;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a packet costs between libpcap and the ring. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RecordBenchmark {
    private static final long RING_BYTES = 64L << 20;
    private static final long NANOS_PER_PACKET = 1_700;

    /** What is recorded. */
    @Param({"BULK", "SHORT"})
    Load load;

    private RecordedFrames frames;
    private SegmentPool pool;
    private PacketRing ring;
    private PacketRecorder whole;
    private PacketRecorder cut;
    private int index;
    private long nanos;

    @Setup
    public void fill() {
        frames = new RecordedFrames(load);
        pool = new SegmentPool(RING_BYTES);
        ring = RecordedFrames.ring(pool);
        whole = new PacketRecorder(ring, PcapDevice.NO_ADDRESS, PayloadCutoff.OFF);
        cut = new PacketRecorder(ring, PcapDevice.NO_ADDRESS, RecorderConfig.DEFAULT_CUTOFF_BYTES);
        nanos = RecordedFrames.EPOCH_NANOS;
    }

    @TearDown
    public void free() {
        pool.release();
    }

    private int next() {
        index = index + 1 == frames.count() ? 0 : index + 1;
        nanos += NANOS_PER_PACKET;
        return index;
    }

    /** Claim, copy, commit: the ring alone. */
    @Benchmark
    public void ringWrite() {
        int at = next();
        int length = frames.length(at);
        if (ring.claim(length, nanos)) {
            ring.copyFrom(frames.address(at), length);
            ring.commit(
                    length, length, nanos, PacketDirection.UNKNOWN, RecordDescriptor.NO_PREVIOUS);
        }
    }

    /** Ring, headers, flow index. */
    @Benchmark
    public void record() {
        int at = next();
        whole.record(frames.address(at), frames.length(at), frames.length(at), nanos);
    }

    /** Ring, headers, flow index, and the cutoff, which copies less. */
    @Benchmark
    public void recordWithCutoff() {
        int at = next();
        cut.record(frames.address(at), frames.length(at), frames.length(at), nanos);
    }
}
