package io.netverdict.it.bench.micro;

import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.live.PacketRecorder;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.it.bench.TcpFrame;
import io.netverdict.it.bench.WebTraffic;
import io.netverdict.nativelib.PcapDevice;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to look a flow up in one segment that holds many, there and not there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class IndexBenchmark {
    private static final int LOOKED_UP = 1024;

    /** A connection that was never recorded. */
    private static final int UNKNOWN = 1_000_000;

    private final FlowTable table = new FlowTable();
    private final FlowTuple[] known = new FlowTuple[LOOKED_UP];
    private final FlowTuple unknown = tuple(UNKNOWN);
    private SegmentPool pool;
    private int index;

    private static FlowTuple tuple(int connection) {
        FlowTuple tuple = new FlowTuple();
        tuple.set(
                FlowKey.of(
                        IpProtocol.TCP,
                        endpoint(WebTraffic.client(connection)),
                        endpoint(WebTraffic.SERVER)));
        return tuple;
    }

    private static Endpoint endpoint(TcpFrame.End end) {
        return new Endpoint(IpAddress.ofV4(end.address()), end.port());
    }

    /** Short connections until the first segment is full. */
    @Setup
    public void fill() {
        RecordedFrames frames = new RecordedFrames(Load.SHORT);
        pool = new SegmentPool(SegmentPool.MIN_BUDGET_BYTES);
        PacketRing ring = RecordedFrames.ring(pool);
        PacketRecorder recorder =
                new PacketRecorder(ring, PcapDevice.NO_ADDRESS, PayloadCutoff.OFF);
        int largest = TcpFrame.SEGMENT_BYTES * 2;
        for (int i = 0; i < frames.count(); i++) {
            if (i > 0 && ring.recordOffset() + largest > ring.segment().bytes() / 2) {
                break;
            }
            recorder.record(
                    frames.address(i),
                    frames.length(i),
                    frames.length(i),
                    RecordedFrames.EPOCH_NANOS + i);
        }
        table.wrap(ring.segment());
        int flows = 0;
        while (flows < LOOKED_UP && table.find(tuple(flows)) != 0) {
            flows++;
        }
        for (int i = 0; i < LOOKED_UP; i++) {
            known[i] = tuple(i % flows);
        }
    }

    @TearDown
    public void free() {
        pool.release();
    }

    @Benchmark
    public int findKnownFlow() {
        index = index + 1 & LOOKED_UP - 1;
        return table.find(known[index]);
    }

    @Benchmark
    public int findUnknownFlow() {
        return table.find(unknown);
    }
}
