package io.netverdict.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.netverdict.nativelib.PcapException.Reason;
import java.util.ArrayList;
import java.util.List;

/** libpcap as a whole: whether it is there, its version, and its devices. Safe for any thread. */
public final class PcapLibrary {
    // struct pcap_if, pcap_addr and sockaddr_ll on 64-bit systems.
    private static final int IF_NAME_OFFSET = 8;
    private static final int IF_ADDRESSES_OFFSET = 24;
    private static final int IF_FLAGS_OFFSET = 32;
    private static final int ADDRESS_SOCKADDR_OFFSET = 8;
    private static final int LINK_LENGTH_OFFSET = 11;
    private static final int LINK_ADDRESS_OFFSET = 12;
    private static final short AF_PACKET = 17;
    private static final int ETHERNET_ADDRESS_BYTES = 6;

    private PcapLibrary() {}

    /**
     * The library's own description, such as {@code libpcap version 1.10.3 (with TPACKET_V3)}.
     *
     * @throws PcapException where the library cannot be loaded
     */
    public static String version() throws PcapException {
        require();
        return PcapFunctions.pcap_lib_version();
    }

    /** Loads the library. */
    static void require() throws PcapException {
        if (Native.POINTER_SIZE != Long.BYTES) {
            throw new PcapException(Reason.NO_LIBRARY, "capturing needs a 64-bit Java");
        }
        try {
            PcapFunctions.pcap_lib_version();
        } catch (LinkageError e) {
            throw new PcapException(
                    Reason.NO_LIBRARY,
                    "libpcap cannot be loaded: install it (Debian, Ubuntu: sudo apt-get install"
                            + " libpcap0.8; Fedora: sudo dnf install libpcap)",
                    e);
        }
    }

    /**
     * What can be captured on, in the system's order. Without privileges the list may be complete
     * all the same: only opening tells.
     *
     * @throws PcapException where the library is not there or the system cannot be asked
     */
    public static List<PcapDevice> devices() throws PcapException {
        require();
        long errorBuffer = Native.malloc(PcapFunctions.PCAP_ERRBUF_SIZE);
        long listPointer = Native.malloc(Long.BYTES);
        try {
            if (PcapFunctions.pcap_findalldevs(listPointer, errorBuffer) != 0) {
                throw new PcapException(
                        Reason.OTHER, "devices cannot be listed: " + string(errorBuffer));
            }
            long list = NativeMemory.getLong(listPointer);
            List<PcapDevice> devices = new ArrayList<>();
            for (long device = list; device != 0; device = NativeMemory.getLong(device)) {
                devices.add(device(device));
            }
            if (list != 0) {
                PcapFunctions.pcap_freealldevs(list);
            }
            return List.copyOf(devices);
        } finally {
            Native.free(listPointer);
            Native.free(errorBuffer);
        }
    }

    private static PcapDevice device(long device) {
        String name = string(NativeMemory.getLong(device + IF_NAME_OFFSET));
        int flags = NativeMemory.getInt(device + IF_FLAGS_OFFSET);
        return new PcapDevice(
                name,
                PcapFunctions.if_nametoindex(name) != 0,
                (flags & PcapFunctions.PCAP_IF_LOOPBACK) != 0,
                (flags & PcapFunctions.PCAP_IF_UP) != 0,
                hardwareAddress(NativeMemory.getLong(device + IF_ADDRESSES_OFFSET)));
    }

    private static long hardwareAddress(long addresses) {
        if (!Platform.isLinux()) {
            return PcapDevice.NO_ADDRESS;
        }
        for (long at = addresses; at != 0; at = NativeMemory.getLong(at)) {
            long socketAddress = NativeMemory.getLong(at + ADDRESS_SOCKADDR_OFFSET);
            if (socketAddress == 0) {
                continue;
            }
            Pointer link = new Pointer(socketAddress);
            if (link.getShort(0) == AF_PACKET
                    && link.getByte(LINK_LENGTH_OFFSET) == ETHERNET_ADDRESS_BYTES) {
                long address = 0;
                for (int i = 0; i < ETHERNET_ADDRESS_BYTES; i++) {
                    address = address << 8 | link.getByte(LINK_ADDRESS_OFFSET + i) & 0xFF;
                }
                return address == 0 ? PcapDevice.NO_ADDRESS : address;
            }
        }
        return PcapDevice.NO_ADDRESS;
    }

    static String string(long address) {
        return address == 0 ? "" : new Pointer(address).getString(0);
    }
}
