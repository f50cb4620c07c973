package io.netverdict.service.lab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The path between router and servers: carries packets between two TUN devices, late by a set time,
 * and loses what its fault says. Kernels need no traffic-control modules for it.
 *
 * <p>Threads: a reader and a writer for each direction.
 */
final class LabPath implements AutoCloseable {
    private static final int MAX_PACKET_BYTES = 65_536;
    private static final int POLL_MILLIS = 100;
    private static final int INTERFACE_REQUEST_BYTES = 40;
    private static final int INTERFACE_FLAGS_OFFSET = 16;

    private final long delayNanos;
    private final AtomicLong sequence = new AtomicLong();
    private final int routerDevice;
    private final int serverDevice;
    private volatile PathFault fault = PathFault.NONE;
    private volatile boolean closed;
    private final Thread[] threads;

    /** A packet on its way. */
    private record InFlight(byte[] bytes, long dueNanos, long order) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            InFlight that = (InFlight) other;
            int byTime = Long.compare(dueNanos - that.dueNanos, 0);
            return byTime != 0 ? byTime : Long.compare(order, that.order);
        }
    }

    LabPath(NetworkNamespace router, NetworkNamespace servers, String device, long delayMillis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        routerDevice = router.call(() -> openTun(device));
        serverDevice = servers.call(() -> openTun(device));
        DelayQueue<InFlight> up = new DelayQueue<>();
        DelayQueue<InFlight> down = new DelayQueue<>();
        threads =
                new Thread[] {
                    daemon("path-up-read", () -> read(routerDevice, up, true)),
                    daemon("path-up-write", () -> write(serverDevice, up)),
                    daemon("path-down-read", () -> read(serverDevice, down, false)),
                    daemon("path-down-write", () -> write(routerDevice, down))
                };
    }

    /** From now on, this is what is wrong. */
    void setFault(PathFault newFault) {
        fault = newFault;
    }

    private static int openTun(String device) {
        int descriptor = LinuxCalls.open("/dev/net/tun", LinuxCalls.O_RDWR);
        if (descriptor < 0) {
            throw new LabException(
                    "/dev/net/tun cannot be opened: load the tun module (modprobe tun), or give"
                            + " the container the device");
        }
        ByteBuffer request =
                ByteBuffer.allocate(INTERFACE_REQUEST_BYTES).order(ByteOrder.nativeOrder());
        request.put(device.getBytes(StandardCharsets.US_ASCII));
        request.putShort(INTERFACE_FLAGS_OFFSET, LinuxCalls.IFF_TUN_NO_PI);
        if (LinuxCalls.ioctl(descriptor, LinuxCalls.TUNSETIFF, request.array()) != 0) {
            LinuxCalls.close(descriptor);
            throw new LabException("a TUN device cannot be made; it takes root");
        }
        return descriptor;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(int device, DelayQueue<InFlight> queue, boolean toServer) {
        byte[] buffer = new byte[MAX_PACKET_BYTES];
        ByteBuffer descriptors = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        while (!closed) {
            descriptors.putInt(0, device).putShort(4, LinuxCalls.POLLIN).putShort(6, (short) 0);
            if (LinuxCalls.poll(descriptors.array(), 1, POLL_MILLIS) <= 0) {
                continue;
            }
            int length = (int) LinuxCalls.read(device, buffer, buffer.length);
            if (length <= 0) {
                continue;
            }
            byte[] bytes = Arrays.copyOf(buffer, length);
            if (fault.passes(new LabPacket(ByteBuffer.wrap(bytes), toServer))) {
                queue.add(
                        new InFlight(
                                bytes, System.nanoTime() + delayNanos, sequence.incrementAndGet()));
            }
        }
    }

    private void write(int device, DelayQueue<InFlight> queue) {
        while (!closed) {
            try {
                InFlight packet = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (packet != null) {
                    LinuxCalls.write(device, packet.bytes(), packet.bytes().length);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(3L * POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LinuxCalls.close(routerDevice);
        LinuxCalls.close(serverDevice);
    }
}
