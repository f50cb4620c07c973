package io.netverdict.nativelib.route;

import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a device says of itself (linux/ethtool.h); of the calling thread's namespace.
 *
 * @param driver its name, empty where there is none
 * @param speedMegabits of its link, -1 where unknown
 */
public record EthernetDevice(String driver, int speedMegabits) {
    private static final long SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_GSET = 1;
    private static final int ETHTOOL_GDRVINFO = 3;
    private static final int NAME_BYTES = 16;
    private static final int REQUEST_BYTES = 40;
    private static final int DRIVER_OFFSET = 4;
    private static final int DRIVER_BYTES = 32;
    private static final int SPEED_OFFSET = 12;
    private static final int SPEED_HIGH_OFFSET = 28;
    private static final int ANSWER_BYTES = 256;
    private static final int NO_SPEED = 0xFFFF;

    /** Asks an interface's driver; what it does not tell is left open. */
    public static EthernetDevice of(String interfaceName) {
        byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
        int descriptor =
                name.length >= NAME_BYTES
                        ? -1
                        : EthernetCalls.socket(
                                EthernetCalls.AF_INET, EthernetCalls.SOCK_DGRAM_CLOEXEC, 0);
        if (descriptor < 0) {
            return new EthernetDevice("", -1);
        }
        try {
            ByteBuffer driver = ask(descriptor, name, ETHTOOL_GDRVINFO);
            ByteBuffer link = ask(descriptor, name, ETHTOOL_GSET);
            return new EthernetDevice(driver == null ? "" : driver(driver), speed(link));
        } finally {
            EthernetCalls.close(descriptor);
        }
    }

    private static ByteBuffer ask(int descriptor, byte[] name, int command) {
        ByteBuffer request =
                ByteBuffer.allocateDirect(REQUEST_BYTES).order(ByteOrder.nativeOrder());
        ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER_BYTES).order(ByteOrder.nativeOrder());
        answer.putInt(0, command);
        request.put(0, name).putLong(NAME_BYTES, NativeMemory.addressOf(answer));
        long address = NativeMemory.addressOf(request);
        return EthernetCalls.ioctl(descriptor, SIOCETHTOOL, address) == 0 ? answer : null;
    }

    private static String driver(ByteBuffer answer) {
        byte[] name = new byte[DRIVER_BYTES];
        answer.get(DRIVER_OFFSET, name);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }

    private static int speed(ByteBuffer answer) {
        if (answer == null) {
            return -1;
        }
        int low = answer.getShort(SPEED_OFFSET) & 0xFFFF;
        int high = answer.getShort(SPEED_HIGH_OFFSET) & 0xFFFF;
        return low == NO_SPEED || high == NO_SPEED ? -1 : high << 16 | low;
    }
}
