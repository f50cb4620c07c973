package io.netverdict.it.bench.micro;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.it.bench.WebTraffic;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find a packet's headers, in place and as records. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HeaderBenchmark {
    /** The second frame of an exchange: a full segment of the response. */
    private final byte[] frame = WebTraffic.exchanges(1, 1, 27_000).get(1);

    private final ByteBuffer direct = ByteBuffer.allocateDirect(frame.length).put(frame).clear();
    private final HeaderView view = new HeaderView();
    private final FlowTuple tuple = new FlowTuple();
    private final PacketDecoder decoder = new PacketDecoder();
    private final CapturedPacket packet =
            new CapturedPacket(
                    1,
                    RecordedFrames.EPOCH_NANOS,
                    0,
                    PacketDirection.UNKNOWN,
                    LinkType.ETHERNET.code(),
                    frame.length,
                    ByteBuffer.wrap(frame));

    /** Link, network and transport in place, as the recorder does. */
    @Benchmark
    public int headerView() {
        return view.wrap(direct, 0, frame.length, frame.length, LinkType.ETHERNET)
                .transportOffset();
    }

    /** The same, and the flow's key with its hash. */
    @Benchmark
    public boolean headerViewAndFlowTuple() {
        view.wrap(direct, 0, frame.length, frame.length, LinkType.ETHERNET);
        return tuple.read(view, direct, frame.length);
    }

    /** As records, as the diagnosis does. */
    @Benchmark
    public DecodedPacket decode() {
        return decoder.decode(packet);
    }
}
