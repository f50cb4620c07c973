package io.netverdict.it.bench.micro;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.correlator.marks.TcpMarker;
import io.netverdict.correlator.session.Session;
import io.netverdict.correlator.session.SessionReader;
import io.netverdict.correlator.tcp.ConnectionTracker;
import io.netverdict.correlator.tcp.TcpConnection;
import io.netverdict.it.bench.WebTraffic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
import org.openjdk.jmh.annotations.Warmup;

/** What the TCP analysis of one connection costs, by the size of its only response. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TcpAnalysisBenchmark {
    private static final long NANOS_PER_PACKET = 100_000;

    /** 11 packets and 700. */
    @Param({"2048", "1000000"})
    int responseBytes;

    private List<CapturedPacket> captured;
    private List<DecodedPacket> decoded;
    private TcpConnection connection;

    @Setup
    public void capture() {
        captured = new ArrayList<>();
        for (byte[] frame : WebTraffic.connection(1, responseBytes)) {
            int number = captured.size() + 1;
            captured.add(
                    new CapturedPacket(
                            number,
                            RecordedFrames.EPOCH_NANOS + number * NANOS_PER_PACKET,
                            0,
                            PacketDirection.UNKNOWN,
                            LinkType.ETHERNET.code(),
                            frame.length,
                            ByteBuffer.wrap(frame)));
        }
        decoded = decode();
        connection = track().get(0);
    }

    /** Headers of all its packets. */
    @Benchmark
    public List<DecodedPacket> decode() {
        PacketDecoder decoder = new PacketDecoder();
        List<DecodedPacket> packets = new ArrayList<>(captured.size());
        for (CapturedPacket packet : captured) {
            packets.add(decoder.decode(packet));
        }
        return packets;
    }

    /** Sequence space, retransmissions, windows, the two directions. */
    @Benchmark
    public List<TcpConnection> track() {
        return new ConnectionTracker(Set.of()).track(decoded);
    }

    /** Streams put together and read as HTTP. */
    @Benchmark
    public Session session() {
        return SessionReader.read(connection);
    }

    /** The analysis marks of dissect. */
    @Benchmark
    public TcpMarker mark() {
        TcpMarker marker = new TcpMarker();
        decoded.forEach(marker::mark);
        return marker;
    }
}
