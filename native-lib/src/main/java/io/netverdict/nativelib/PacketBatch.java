package io.netverdict.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.netverdict.nativelib.PcapException.Reason;

/**
 * A device's packets, some at a time: one call into libpcap writes them one behind the other into
 * memory of ours.
 *
 * <p>A call from Java costs about as much as libpcap needs to take a packet out of the kernel's
 * buffer. So libpcap gets its own {@code pcap_dump} for a callback, with a stream whose buffer has
 * room for a whole batch, however long its packets are: it never fills, and is emptied before each
 * batch, into the null device. What lies in it has the form of a capture file.
 *
 * <p>For the one thread that reads the device. Nothing is allocated or locked for a packet. A
 * packet's memory is valid until the next {@link #next()}.
 *
 * <p>Source: pcap_dispatch(3PCAP), pcap_dump(3PCAP), pcap-savefile(5), setvbuf(3).
 */
final class PacketBatch {
    private static final int MOST_PACKETS = 128;

    /**
     * What a batch may come to: many enough packets to forget what a call costs, few enough that
     * they are in a near cache when they are read.
     */
    private static final long AIMED_BYTES = 256 << 10;

    /** What a batch of unforeseen length has touched beyond this is given back. */
    private static final long KEPT_BYTES = 1 << 20;

    private static final long PAGE_BYTES = 4096;

    private static final String NULL_DEVICE = "/dev/null";
    private static final String FOR_WRITING = "w";

    // A record of a capture file: four numbers of 32 bits, in this machine's order, and the bytes.
    private static final int FRACTION_OFFSET = 4;
    private static final int CAPTURED_OFFSET = 8;
    private static final int WIRE_OFFSET = 12;
    private static final int HEADER_BYTES = 16;

    /** struct pcap_pkthdr: a time of two 8-byte numbers, captured and wire length. */
    private static final int END_MARK_BYTES = 24;

    private final long handle;
    private final long memory;
    private final long memoryBytes;
    private final long dumper;

    /** The header of a packet that had no bytes on the wire, as none has that was captured. */
    private final long endMark;

    private long packet;
    private long following;
    private int left;
    private int packets;

    /** How many the next batch may have. */
    private int wanted = MOST_PACKETS;

    /** What ended the batch that is being read, as far as that is still to be told. */
    private int ended = PcapHandle.NONE;

    /**
     * @param handle an active device
     * @param snapLength that it was opened with, in bytes
     * @throws PcapException where there is no memory or no null device; the device stays open
     */
    PacketBatch(long handle, int snapLength) throws PcapException {
        this.handle = handle;
        this.memoryBytes = (MOST_PACKETS + 1L) * (HEADER_BYTES + snapLength);
        this.memory = Native.malloc(memoryBytes);
        this.endMark = Native.malloc(END_MARK_BYTES);
        long stream = memory == 0 ? 0 : PcapFunctions.fopen(NULL_DEVICE, FOR_WRITING);
        if (stream == 0) {
            free();
            throw new PcapException(
                    Reason.OTHER,
                    memory == 0
                            ? "no memory for a batch of packets: " + memoryBytes + " bytes"
                            : NULL_DEVICE + " cannot be opened");
        }
        PcapFunctions.setvbuf(stream, memory, PcapFunctions.IOFBF, memoryBytes);
        this.dumper = PcapFunctions.pcap_dump_fopen(handle, stream);
        if (dumper == 0) {
            // It has refused the link type: it closes the stream only where writing fails.
            PcapFunctions.fclose(stream);
            free();
            throw new PcapException(
                    Reason.OTHER, PcapLibrary.string(PcapFunctions.pcap_geterr(handle)));
        }
        new Pointer(endMark).setMemory(0, END_MARK_BYTES, (byte) 0);
    }

    /**
     * Goes to the next packet and waits where there is none: {@link PcapHandle#PACKET}, {@link
     * PcapHandle#NONE}, {@link PcapHandle#ERROR} or {@link PcapHandle#BROKEN}.
     */
    int next() {
        if (left == 0) {
            int result = fill();
            if (left == 0) {
                return result;
            }
        }
        left--;
        packet = following;
        following = packet + HEADER_BYTES + capturedLength();
        return PcapHandle.PACKET;
    }

    /** What ended the batch before, if it was not told yet, or what ends the next one. */
    private int fill() {
        if (ended < PcapHandle.NONE) {
            int result = ended;
            ended = PcapHandle.NONE;
            return result;
        }
        if (packets > 0) {
            long bytes = following - memory;
            wanted = (int) Math.max(1, Math.min(AIMED_BYTES * packets / bytes, MOST_PACKETS));
            if (bytes > KEPT_BYTES) {
                giveBack();
            }
        }
        PcapFunctions.pcap_dump_flush(dumper);
        following = memory;
        int result = PcapFunctions.pcap_dispatch(handle, wanted, PcapFunctions.PCAP_DUMP, dumper);
        if (result >= PcapHandle.NONE) {
            packets = result;
        } else {
            // It does not tell how many packets came before that.
            PcapFunctions.pcap_dump(dumper, endMark, endMark);
            packets = untilEndMark();
            ended = packets > 0 ? result : PcapHandle.NONE;
        }
        left = packets;
        return result;
    }

    /** The memory is as large as the longest packets would need, and hardly ever used so far. */
    private void giveBack() {
        if (Platform.isLinux()) {
            long from = memory + KEPT_BYTES + PAGE_BYTES - 1 & -PAGE_BYTES;
            long to = memory + memoryBytes & -PAGE_BYTES;
            PcapFunctions.madvise(from, to - from, PcapFunctions.MADV_DONTNEED);
        }
    }

    private int untilEndMark() {
        int count = 0;
        long at = memory;
        while (count < wanted && NativeMemory.getInt(at + WIRE_OFFSET) != 0) {
            at += HEADER_BYTES + NativeMemory.getInt(at + CAPTURED_OFFSET);
            count++;
        }
        return count;
    }

    /** The address of the packet's first byte. */
    long dataAddress() {
        return packet + HEADER_BYTES;
    }

    int capturedLength() {
        return NativeMemory.getInt(packet + CAPTURED_OFFSET);
    }

    int wireLength() {
        return NativeMemory.getInt(packet + WIRE_OFFSET);
    }

    /** Seconds since the epoch: unsigned, so until 2106. */
    long seconds() {
        return Integer.toUnsignedLong(NativeMemory.getInt(packet));
    }

    /** Nanoseconds or microseconds, as the device was opened. */
    int fraction() {
        return NativeMemory.getInt(packet + FRACTION_OFFSET);
    }

    /** Frees the memory; once, before the device is closed. */
    void close() {
        PcapFunctions.pcap_dump_close(dumper);
        free();
    }

    private void free() {
        Native.free(memory);
        Native.free(endMark);
    }
}
