package io.netverdict.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.nativelib.PcapException.Reason;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Reads the loopback interface; skipped where libpcap or the privilege is missing. */
class PcapHandleTest {
    private static final int ETHERNET = 1;
    private static final int PAYLOAD_OFFSET = 42;
    private static final int KERNEL_BUFFER_BYTES = 2 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private static PcapHandle open(int snapLength) {
        return open(snapLength, KERNEL_BUFFER_BYTES);
    }

    private static PcapHandle open(int snapLength, int kernelBufferBytes) {
        try {
            return PcapHandle.open(
                    new PcapOptions(
                            "lo",
                            snapLength,
                            kernelBufferBytes,
                            PcapOptions.DEFAULT_TIMEOUT_MILLIS));
        } catch (PcapException e) {
            Assumptions.abort("live capture is not possible here: " + e.getMessage());
            throw new AssertionError(e);
        }
    }

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i * 31 + 7);
        }
        return payload;
    }

    /** Sends a datagram and reads on until it comes by; its captured bytes. */
    private static byte[] exchange(PcapHandle handle, byte[] payload) throws IOException {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket sender = new DatagramSocket()) {
            sender.send(
                    new DatagramPacket(
                            payload,
                            payload.length,
                            receiver.getLocalAddress(),
                            receiver.getLocalPort()));
            while (true) {
                int result = handle.next();
                assertTrue(result >= PcapHandle.NONE, handle.error());
                if (result == PcapHandle.PACKET
                        && handle.wireLength() == PAYLOAD_OFFSET + payload.length
                        && port(handle) == receiver.getLocalPort()) {
                    return copy(handle);
                }
            }
        }
    }

    private static byte[] copy(PcapHandle handle) {
        ByteBuffer target = ByteBuffer.allocateDirect(handle.capturedLength());
        NativeMemory.copy(
                handle.dataAddress(), NativeMemory.addressOf(target), handle.capturedLength());
        byte[] bytes = new byte[handle.capturedLength()];
        target.get(0, bytes);
        return bytes;
    }

    private static int port(PcapHandle handle) {
        return ByteBuffer.wrap(copy(handle)).getShort(36) & 0xFFFF;
    }

    @Test
    void shouldReadAPacketWithItsLengthsAndTime() throws IOException {
        try (PcapHandle handle = open(PcapOptions.MAX_SNAP_LENGTH)) {
            long before = System.currentTimeMillis();
            byte[] payload = payload(500);
            byte[] packet = exchange(handle, payload);
            assertEquals(ETHERNET, handle.linkType());
            assertEquals(PAYLOAD_OFFSET + payload.length, packet.length);
            byte[] received = new byte[payload.length];
            ByteBuffer.wrap(packet).get(PAYLOAD_OFFSET, received);
            assertArrayEquals(payload, received);
            long millis = handle.timeNanos() / NANOS_PER_MILLI;
            assertTrue(millis >= before - 1 && millis <= System.currentTimeMillis() + 1);
            assertTrue(handle.statistics().received() > 0);
        }
    }

    /** Sizes that make the batches longer and shorter, and more packets than one holds. */
    @Test
    void shouldReadEveryPacketWholeAndInItsOrder() throws IOException {
        int datagrams = 1_000;
        try (PcapHandle handle = open(PcapOptions.MAX_SNAP_LENGTH, 32 << 20);
                DatagramSocket receiver =
                        new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket sender = new DatagramSocket()) {
            sender.connect(receiver.getLocalSocketAddress());
            int sent = 0;
            for (int read = 0; read < datagrams; read++) {
                while (sent < Math.min(datagrams, read + 100)) {
                    byte[] bytes = numbered(sent++);
                    sender.send(new DatagramPacket(bytes, bytes.length));
                }
                byte[] expected = numbered(read);
                awaitPacketTo(handle, receiver.getLocalPort());
                assertEquals(PAYLOAD_OFFSET + expected.length, handle.wireLength());
                byte[] packet = copy(handle);
                assertArrayEquals(
                        expected, Arrays.copyOfRange(packet, PAYLOAD_OFFSET, packet.length));
            }
        }
    }

    private static byte[] numbered(int number) {
        byte[] bytes = payload(Integer.BYTES + number * 7_919 % 40_000);
        ByteBuffer.wrap(bytes).putInt(0, number);
        return bytes;
    }

    private static void awaitPacketTo(PcapHandle handle, int port) {
        int result;
        do {
            result = handle.next();
            assertTrue(result >= PcapHandle.NONE, handle.error());
        } while (result != PcapHandle.PACKET
                || handle.capturedLength() < PAYLOAD_OFFSET
                || port(handle) != port);
    }

    @Test
    void shouldCutAtTheSnapLength() throws IOException {
        try (PcapHandle handle = open(96)) {
            assertEquals(96, exchange(handle, payload(500)).length);
            assertEquals(PAYLOAD_OFFSET + 500, handle.wireLength());
        }
    }

    @Test
    void shouldEndTheLoopFromAnotherThread() throws InterruptedException {
        try (PcapHandle handle = open(PcapOptions.MAX_SNAP_LENGTH)) {
            AtomicInteger last = new AtomicInteger();
            Thread reader =
                    new Thread(
                            () -> {
                                int result;
                                do {
                                    result = handle.next();
                                } while (result >= PcapHandle.NONE);
                                last.set(result);
                            });
            reader.start();
            handle.breakLoop();
            reader.join();
            assertEquals(PcapHandle.BROKEN, last.get());
        }
    }

    @Test
    void shouldTolerateUseAfterClosing() {
        PcapHandle handle = open(PcapOptions.MAX_SNAP_LENGTH);
        handle.close();
        handle.close();
        handle.breakLoop();
        assertTrue(handle.statistics().received() >= 0);
    }

    @Test
    void shouldSayThatADeviceIsNotThere() {
        open(PcapOptions.MAX_SNAP_LENGTH).close();
        PcapException problem =
                assertThrows(
                        PcapException.class,
                        () ->
                                PcapHandle.open(
                                        new PcapOptions(
                                                "nvcap-none", 96, KERNEL_BUFFER_BYTES, 10)));
        assertEquals(Reason.NO_SUCH_DEVICE, problem.reason());
        assertTrue(problem.getMessage().contains("nvcap-none"));
    }

    @Test
    void shouldListLoopbackAmongTheDevices() throws PcapException {
        open(PcapOptions.MAX_SNAP_LENGTH).close();
        assertTrue(PcapLibrary.version().contains("libpcap"));
        PcapDevice loopback =
                PcapLibrary.devices().stream()
                        .filter(device -> device.name().equals("lo"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(loopback.loopback() && loopback.up() && loopback.networkInterface());
        assertTrue(
                PcapLibrary.devices().stream()
                        .noneMatch(
                                device ->
                                        device.name().equals("any") && device.networkInterface()));
    }

    @Test
    void shouldRefuseOptionsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new PcapOptions("", 96, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PcapOptions("lo", 0, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PcapOptions("lo", PcapOptions.MAX_SNAP_LENGTH + 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PcapOptions("lo", 96, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new PcapOptions("lo", 96, 1, 0));
    }
}
