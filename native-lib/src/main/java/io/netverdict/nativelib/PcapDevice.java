package io.netverdict.nativelib;

/**
 * A device that libpcap can capture on.
 *
 * @param name as the system names it
 * @param networkInterface whether it is a network interface of this system, rather than a pseudo
 *     device of libpcap such as {@code any} or a USB monitor
 * @param hardwareAddress the six bytes of its Ethernet address in the low end, or -1 where it has
 *     none or libpcap does not tell
 */
public record PcapDevice(
        String name, boolean networkInterface, boolean loopback, boolean up, long hardwareAddress) {
    /** Stands for no hardware address. */
    public static final long NO_ADDRESS = -1;
}
