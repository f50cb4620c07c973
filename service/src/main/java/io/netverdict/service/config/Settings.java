package io.netverdict.service.config;

import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapOptions;
import io.netverdict.service.ServiceSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every setting there is. A new one is a constant here and its place in one of the lists. */
public final class Settings {
    public static final Setting<List<String>> INTERFACES =
            Setting.of(
                            "interface",
                            SettingType.NAMES,
                            "",
                            "Record this interface; repeatable. Default: all that are up.")
                    .withFlags("-i", "--interface");

    public static final Setting<List<String>> NAMESPACES =
            Setting.of(
                    "netns",
                    SettingType.NAMESPACES,
                    "",
                    "Record inside this network namespace, too: its name (ip netns) or the id of a"
                            + " process in it, such as a container's; repeatable.");

    public static final Setting<Long> RING =
            Setting.of(
                    "ring",
                    SettingType.sizeOf(
                            SegmentPool.MIN_BUDGET_BYTES,
                            Long.MAX_VALUE,
                            "size from " + (SegmentPool.MIN_BUDGET_BYTES >> 20) + "MiB up"),
                    "256MiB",
                    "Memory for packets.");

    public static final Setting<Path> RING_FILE =
            Setting.of(
                    "ring-file",
                    SettingType.FILE,
                    "",
                    "Keep the ring in this file, so that packets recorded before a crash or kill"
                            + " are found after the restart; in /dev/shm it is as fast as memory."
                            + " Default: memory only.");

    public static final Setting<Long> KERNEL_BUFFER =
            Setting.of(
                    "kernel-buffer",
                    SettingType.sizeOf(1, Integer.MAX_VALUE, "size below 2GiB; one is 64MiB"),
                    "256MiB",
                    "The kernel's buffer of the busiest interface.");

    public static final Setting<Integer> SNAP_LENGTH =
            Setting.of(
                    "snaplen",
                    SettingType.numberOf("BYTES", 1, PcapOptions.MAX_SNAP_LENGTH),
                    String.valueOf(PcapOptions.MAX_SNAP_LENGTH),
                    "Bytes kept of a packet.");

    public static final Setting<Long> CUTOFF =
            Setting.of(
                    "cutoff",
                    SettingType.CUTOFF,
                    "64KiB",
                    "Payload kept whole of each direction of a connection; of the rest only"
                            + " headers and the beginning of each request and response.");

    public static final Setting<Path> DATA =
            Setting.of(
                    "data",
                    SettingType.DIRECTORY,
                    ServiceSettings.defaultData().toString(),
                    "Where incidents are kept.");

    public static final Setting<Duration> KEEP =
            Setting.of("keep", SettingType.DURATION, "30d", "How long incidents are kept.");

    public static final Setting<Long> KEEP_BYTES =
            Setting.of("keep-bytes", SettingType.SIZE, "2GiB", "How much they may take.");

    public static final Setting<InetSocketAddress> LISTEN =
            Setting.of(
                    "listen",
                    SettingType.ADDRESS,
                    "127.0.0.1:" + ServiceSettings.DEFAULT_PORT,
                    "Where API and page are. Beyond loopback, everybody who reaches the port reads"
                            + " every incident.");

    public static final Setting<Duration> SETTLE =
            Setting.of(
                    "settle",
                    SettingType.DURATION,
                    "2s",
                    "How long late packets are awaited where the verdict is not sure at once.");

    public static final Setting<Boolean> PROBE =
            Setting.of(
                    "probe",
                    SettingType.SWITCH,
                    "off",
                    "Probe the hosts of an error (name servers, ports, certificate, ping, path MTU,"
                            + " route) where the verdict is not sure or a report asks for it."
                            + " Sends packets to them alone, at most 10 s an incident.");

    public static final Setting<URI> URL =
            Setting.of(
                            "url",
                            SettingType.URL,
                            "http://127.0.0.1:" + ServiceSettings.DEFAULT_PORT,
                            "The service that the other commands talk to; where only listen is set,"
                                    + " the one that listens there.")
                    .withFlags("--service");

    /** What {@code serve} takes, in the order in which it is shown. */
    public static final List<Setting<?>> SERVICE =
            List.of(
                    INTERFACES,
                    RING,
                    RING_FILE,
                    KERNEL_BUFFER,
                    SNAP_LENGTH,
                    CUTOFF,
                    DATA,
                    KEEP,
                    KEEP_BYTES,
                    LISTEN,
                    SETTLE,
                    PROBE,
                    NAMESPACES);

    /** What the commands take that talk to a service. */
    public static final List<Setting<?>> CLIENT = List.of(URL);

    private Settings() {}

    /** All of them. */
    public static List<Setting<?>> all() {
        return java.util.stream.Stream.of(SERVICE, CLIENT)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }
}
