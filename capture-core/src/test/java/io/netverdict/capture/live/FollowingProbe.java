package io.netverdict.capture.live;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.Recording;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Runs in a network namespace of its own (see {@link InterfaceFollowingTest}), where it may make
 * and delete interfaces, and prints what the recorder made of it, a line for each step.
 */
final class FollowingProbe {
    private static final long PATIENCE_NANOS = 15_000_000_000L;
    private static final long POLL_NANOS = 20_000_000L;
    private static final int DISCARD_PORT = 9;

    private FollowingProbe() {}

    public static void main(String[] arguments) throws Exception {
        ip("link set lo up");
        RecorderConfig config =
                RecorderConfig.defaults().withRingBytes(16 << 20).withKernelBufferBytes(4 << 20);
        LiveRecorder recorder = LiveRecorder.start(config);
        step("loopback is recorded", () -> isRecording(recorder, "lo"));

        addPair();
        step(
                "interfaces that appear are recorded",
                () -> isRecording(recorder, "nvcap0") && isRecording(recorder, "nvcap1"));
        askForANeighbor();
        step("their packets are found with directions", () -> isFoundBothWays(recorder));

        ip("link del nvcap0");
        step(
                "interfaces that vanish end cleanly",
                () -> !isRecording(recorder, "nvcap0") && !isRecording(recorder, "nvcap1"));
        step("their packets are still found", () -> isFoundBothWays(recorder));

        addPair();
        step(
                "interfaces that come back are recorded under their old place",
                () ->
                        isRecording(recorder, "nvcap0")
                                && isRecording(recorder, "nvcap1")
                                && recorder.status().interfaces().size() == 3);
        recorder.close();
        step("leaves no thread behind when it stops", () -> !hasCaptureThread());
    }

    private static void addPair() throws IOException, InterruptedException {
        ip("link add nvcap0 type veth peer name nvcap1");
        ip("addr add 10.98.0.1/24 dev nvcap0");
        ip("link set nvcap0 up");
        ip("link set nvcap1 up");
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("ip " + arguments).split(" ")).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("ip " + arguments);
        }
    }

    /** A datagram to an address nobody has makes the kernel ask for it by ARP. */
    private static void askForANeighbor() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(
                    new DatagramPacket(
                            new byte[1], 1, InetAddress.getByName("10.98.0.2"), DISCARD_PORT));
        }
    }

    private static boolean hasCaptureThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("capture-"));
    }

    private static boolean isRecording(LiveRecorder recorder, String name) {
        return recorder.status().interfaces().stream()
                .anyMatch(each -> each.name().equals(name) && each.recording());
    }

    private static boolean isFoundBothWays(LiveRecorder recorder) {
        FlowKey arp =
                FlowKey.of(
                        FlowKey.ARP,
                        new Endpoint(IpAddress.ofV4(0x0A62_0001), 0),
                        new Endpoint(IpAddress.ofV4(0x0A62_0002), 0));
        try (Recording recording = recorder.snapshot()) {
            Set<PacketDirection> directions =
                    Set.copyOf(
                            recording.packets(Set.of(arp), 0, Long.MAX_VALUE).stream()
                                    .map(packet -> packet.direction())
                                    .toList());
            return directions.equals(Set.of(PacketDirection.OUTBOUND, PacketDirection.INBOUND));
        }
    }

    private static void step(String name, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                System.out.println("not: " + name);
                System.exit(1);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        System.out.println(name);
    }
}
