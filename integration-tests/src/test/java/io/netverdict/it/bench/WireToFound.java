package io.netverdict.it.bench;

import io.netverdict.capture.live.LiveRecorder;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.Recording;
import io.netverdict.nativelib.PcapException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Records an interface, sends datagrams over it, each to a port of its own, and asks the recorder
 * for each until it is found. Prints how old it was then by the kernel's time, in milliseconds, a
 * line each.
 */
public final class WireToFound {
    private static final int WARM_UP = 10;
    private static final long WARM_UP_NANOS = 50_000_000;
    private static final int FIRST_PORT = 20_000;
    private static final long POLL_NANOS = 200_000;
    private static final long GIVE_UP_NANOS = 5_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LiveRecorder recorder;
    private final DatagramSocket socket;
    private final InetAddress target;

    private WireToFound(LiveRecorder recorder, DatagramSocket socket, InetAddress target) {
        this.recorder = recorder;
        this.socket = socket;
        this.target = target;
    }

    /** Arguments: interface, address to send to, count, interval in milliseconds, ring in MiB. */
    public static void main(String[] arguments) throws IOException, PcapException {
        int count = Integer.parseInt(arguments[2]);
        long intervalNanos = Long.parseLong(arguments[3]) * 1_000_000;
        RecorderConfig config =
                RecorderConfig.defaults()
                        .withInterfaces(List.of(arguments[0]))
                        .withRingBytes(Long.parseLong(arguments[4]) << 20);
        InetAddress target = InetAddress.getByName(arguments[1]);
        try (LiveRecorder recorder = LiveRecorder.start(config);
                DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target, FIRST_PORT);
            InetAddress local = socket.getLocalAddress();
            socket.disconnect();
            WireToFound probe = new WireToFound(recorder, socket, target);
            for (int i = 0; i < WARM_UP + count; i++) {
                long next = System.nanoTime() + (i < WARM_UP ? WARM_UP_NANOS : intervalNanos);
                long age = probe.probe(local, FIRST_PORT + i);
                if (i >= WARM_UP) {
                    System.out.printf(Locale.ROOT, "%.3f%n", age / NANOS_PER_MILLI);
                }
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        }
    }

    /** The age of one datagram when it is found, in nanoseconds. */
    private long probe(InetAddress local, int port) throws IOException {
        FlowKey key =
                FlowKey.of(
                        IpProtocol.UDP,
                        endpoint(local, socket.getLocalPort()),
                        endpoint(target, port));
        long sent = nowNanos();
        socket.send(new DatagramPacket(new byte[8], 8, new InetSocketAddress(target, port)));
        while (nowNanos() - sent < GIVE_UP_NANOS) {
            try (Recording recording = recorder.snapshot()) {
                List<CapturedPacket> found =
                        recording.packets(List.of(key), sent - NANOS_PER_SECOND, Long.MAX_VALUE);
                if (!found.isEmpty()) {
                    return nowNanos() - found.get(0).timeNanos();
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return GIVE_UP_NANOS;
    }

    private static Endpoint endpoint(InetAddress address, int port) {
        return new Endpoint(IpAddress.parse(address.getHostAddress()).orElseThrow(), port);
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
