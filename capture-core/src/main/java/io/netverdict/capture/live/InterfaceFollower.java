package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.RingFile;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapDevice;
import io.netverdict.nativelib.PcapException;
import io.netverdict.nativelib.PcapHandle;
import io.netverdict.nativelib.PcapOptions;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a capture running on each wanted interface that is up: opens those that appear, notices
 * those that ended, and gives each its slot, which an interface that comes back finds again.
 *
 * <p>{@link #follow()} and {@link #stop} are called by one thread at a time; {@link #slots()} and
 * {@link #waiting} by any. Devices are opened outside the lock, because the kernel may take its
 * time over the buffer.
 */
final class InterfaceFollower {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceFollower.class);

    private static final int MIN_KERNEL_BUFFER_BYTES = 4 << 20;
    private static final int UNKNOWN_LINK_TYPE = -1;

    /** DLT_RAW, libpcap's number for raw IP on Linux, where files have LINKTYPE_RAW. */
    private static final int DLT_RAW = 12;

    private final RecorderConfig config;
    private final SegmentPool pool;
    private final RingFile file;
    private final long epochNanos;
    private final List<DeviceSource> sources;

    /** Position is the interface index; guarded by this. */
    private final List<InterfaceSlot> slots = new ArrayList<>();

    /** Why an interface that is wanted is not open; guarded by this. */
    private final Map<String, PcapException> problems = new LinkedHashMap<>();

    /**
     * @param file where the interfaces are remembered and those of an earlier process are found, or
     *     null
     * @param epochNanos the start of numbering
     */
    InterfaceFollower(RecorderConfig config, SegmentPool pool, RingFile file, long epochNanos) {
        this.config = config;
        this.pool = pool;
        this.file = file;
        this.epochNanos = epochNanos;
        List<DeviceSource> all = new ArrayList<>();
        all.add(new DeviceSource(NetworkNamespace.OWN, config.interfaces()));
        config.namespaces().forEach(n -> all.add(new DeviceSource(n, config.interfaces())));
        sources = List.copyOf(all);
        if (file != null) {
            for (RingFile.Interface each : file.interfaces()) {
                slots.add(
                        newSlot(
                                new RecordedInterface(
                                        each.name(), each.linkType(), each.snapLength()),
                                slots.size()));
            }
        }
    }

    /** Whether any interface is being recorded. */
    boolean isRecording() {
        return slots().stream().anyMatch(slot -> slot.capture() != null);
    }

    /** The interfaces so far; the list is a copy. */
    synchronized List<InterfaceSlot> slots() {
        return List.copyOf(slots);
    }

    /** The first reason why an interface is not open, or null. */
    synchronized PcapException problem() {
        return problems.values().stream().findFirst().orElse(null);
    }

    /** The interfaces that are wanted and never were open, with the reasons. */
    synchronized List<InterfaceStatus> waiting() {
        Set<String> known = new HashSet<>();
        slots.forEach(slot -> known.add(slot.name()));
        return problems.entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .map(entry -> waiting(entry.getKey(), entry.getValue().getMessage()))
                .toList();
    }

    private static InterfaceStatus waiting(String name, String problem) {
        return new InterfaceStatus(
                name, false, problem, UNKNOWN_LINK_TYPE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Looks at the system's interfaces once and opens what is missing.
     *
     * @throws PcapException where they cannot be listed at all
     */
    void follow() throws PcapException {
        Set<String> recording = new HashSet<>();
        for (InterfaceSlot slot : slots()) {
            if (slot.capture() != null) {
                recording.add(slot.name());
            }
        }
        Map<String, PcapException> found = new LinkedHashMap<>();
        for (DeviceSource source : sources) {
            try {
                follow(source, recording, found);
            } catch (PcapException e) {
                // A container that ended takes its namespace along; the others go on.
                if (!source.isAnother()) {
                    throw e;
                }
                found.put(source.nameOfAll(), e);
            }
        }
        report(found);
    }

    private void follow(
            DeviceSource source, Set<String> recording, Map<String, PcapException> found)
            throws PcapException {
        Set<String> there = new HashSet<>();
        for (PcapDevice device : source.wanted()) {
            String name = source.nameOf(device);
            there.add(name);
            if (!recording.contains(name)) {
                try {
                    open(source, device);
                } catch (PcapException e) {
                    found.put(name, e);
                }
            }
        }
        for (String name : source.wantedNames()) {
            if (!there.contains(name) && !recording.contains(name)) {
                found.put(
                        name,
                        new PcapException(
                                PcapException.Reason.NO_SUCH_DEVICE,
                                "there is no interface "
                                        + name
                                        + " that is up (ip link lists them); it is followed when"
                                        + " it appears"));
            }
        }
    }

    private void report(Map<String, PcapException> found) {
        synchronized (this) {
            for (Map.Entry<String, PcapException> entry : found.entrySet()) {
                PcapException known = problems.get(entry.getKey());
                if (known == null || !known.getMessage().equals(entry.getValue().getMessage())) {
                    LOG.warn("not recording {}: {}", entry.getKey(), entry.getValue().getMessage());
                }
            }
            problems.clear();
            problems.putAll(found);
        }
    }

    private void open(DeviceSource source, PcapDevice device) throws PcapException {
        int kernelBufferBytes = kernelBufferBytes();
        PcapHandle handle =
                source.open(
                        new PcapOptions(
                                device.name(),
                                config.snapLength(),
                                kernelBufferBytes,
                                PcapOptions.DEFAULT_TIMEOUT_MILLIS));
        InterfaceSlot slot;
        try {
            slot = slotFor(source.nameOf(device), linkTypeOf(handle));
        } catch (PcapException e) {
            handle.close();
            throw e;
        }
        PacketRecorder recorder =
                new PacketRecorder(slot.ring(), device.hardwareAddress(), config.cutoffBytes());
        slot.begin(new InterfaceCapture(handle, recorder, slot, kernelBufferBytes));
        LOG.info(
                "recording {} (link type {}, kernel buffer {} MiB)",
                slot.name(),
                slot.recorded().linkType(),
                kernelBufferBytes >> 20);
    }

    private static int linkTypeOf(PcapHandle handle) {
        return handle.linkType() == DLT_RAW ? LinkType.RAW.code() : handle.linkType();
    }

    /** Half of what is left of twice the configured size, so that the sum stays below it. */
    private int kernelBufferBytes() {
        long left = 2L * config.kernelBufferBytes();
        for (InterfaceSlot slot : slots()) {
            left -= slot.kernelBufferBytes();
        }
        long least = Math.min(MIN_KERNEL_BUFFER_BYTES, config.kernelBufferBytes());
        return (int) Math.min(config.kernelBufferBytes(), Math.max(least, left / 2));
    }

    private synchronized InterfaceSlot slotFor(String name, int linkType) throws PcapException {
        RecordedInterface recorded = new RecordedInterface(name, linkType, config.snapLength());
        int free = -1;
        for (int i = 0; i < slots.size(); i++) {
            InterfaceSlot slot = slots.get(i);
            if (slot.recorded().equals(recorded)) {
                return slot;
            }
            if (free < 0 && slot.isEmpty()) {
                free = i;
            }
        }
        if (slots.size() < PacketRing.MAX_INTERFACES) {
            InterfaceSlot slot = newSlot(recorded, slots.size());
            slots.add(slot);
            return slot;
        }
        if (free < 0) {
            throw new PcapException(
                    PcapException.Reason.OTHER,
                    "more than " + PacketRing.MAX_INTERFACES + " interfaces: choose some");
        }
        slots.set(free, newSlot(recorded, free));
        return slots.get(free);
    }

    private InterfaceSlot newSlot(RecordedInterface recorded, int index) {
        if (file != null) {
            file.putInterface(
                    index,
                    new RingFile.Interface(
                            recorded.name(), recorded.linkType(), recorded.snapLength()));
        }
        return new InterfaceSlot(
                recorded,
                new PacketRing(
                        pool,
                        index,
                        recorded.linkType(),
                        epochNanos,
                        FlowEntryDescriptor.ENTRY_BYTES));
    }

    /** Ends all captures; false where a thread did not end in time. */
    boolean stop(long millis) {
        List<InterfaceCapture> captures = new ArrayList<>();
        for (InterfaceSlot slot : slots()) {
            InterfaceCapture capture = slot.capture();
            if (capture != null) {
                captures.add(capture);
                capture.stop();
            }
        }
        long deadline = System.nanoTime() + millis * 1_000_000;
        boolean all = true;
        try {
            for (InterfaceCapture capture : captures) {
                all &= capture.join((deadline - System.nanoTime()) / 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return all;
    }
}
