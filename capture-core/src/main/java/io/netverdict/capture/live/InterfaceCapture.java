package io.netverdict.capture.live;

import io.netverdict.nativelib.PcapHandle;
import io.netverdict.nativelib.ThreadPriority;

/**
 * The thread that owns an open interface: reads until it is stopped or the interface is gone, then
 * closes it.
 */
final class InterfaceCapture {
    private static final int BATCH_PACKETS = 256;

    /**
     * About ten times the share of other threads on a processor that all of them want. A recorder
     * that waits for its turn behind compiler, answers and the loaded application falls behind by
     * more than the kernel's buffer holds; what it takes is bounded by the packets there are.
     */
    private static final int NICE = -10;

    private final PcapHandle handle;
    private final PacketRecorder recorder;
    private final InterfaceSlot slot;
    private final int kernelBufferBytes;
    private final Thread thread;

    InterfaceCapture(
            PcapHandle handle, PacketRecorder recorder, InterfaceSlot slot, int kernelBufferBytes) {
        this.handle = handle;
        this.recorder = recorder;
        this.slot = slot;
        this.kernelBufferBytes = kernelBufferBytes;
        this.thread = new Thread(this::run, "capture-" + slot.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        String problem = "";
        try {
            // Where that is not allowed it records all the same.
            ThreadPriority.set(NICE);
            int last = PcapHandle.NONE;
            while (last >= PcapHandle.NONE) {
                last = readBatch();
            }
            if (last == PcapHandle.ERROR) {
                problem = handle.error();
            }
        } catch (RuntimeException | Error e) {
            // A defect of ours: shown in the status, and the other interfaces go on.
            problem = "capture ended: " + e;
        } finally {
            handle.close();
            slot.ended(this, problem);
        }
    }

    /** A method of its own, so that the compiler sees it often and compiles it whole. */
    private int readBatch() {
        int result = PcapHandle.NONE;
        for (int i = 0; i < BATCH_PACKETS; i++) {
            result = handle.next();
            if (result != PcapHandle.PACKET) {
                return result;
            }
            recorder.record(
                    handle.dataAddress(),
                    handle.capturedLength(),
                    handle.wireLength(),
                    handle.timeNanos());
        }
        return result;
    }

    PcapHandle handle() {
        return handle;
    }

    int kernelBufferBytes() {
        return kernelBufferBytes;
    }

    void stop() {
        handle.breakLoop();
    }

    /** Waits for the end; false where it did not come in time. */
    boolean join(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        return !thread.isAlive();
    }
}
