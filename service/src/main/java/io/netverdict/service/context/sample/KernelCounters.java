package io.netverdict.service.context.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The TCP/IP counters of the calling thread's namespace, from {@code /proc/net}: {@code snmp},
 * {@code netstat}, {@code snmp6} and {@code stat/nf_conntrack}. Immutable.
 *
 * <p>Kept as read, once a second, and understood only where an incident asks: that costs a tenth.
 */
public final class KernelCounters {
    /** Of the calling thread, which /proc/net is not. */
    private static final Path PROC_NET = Path.of("/proc/thread-self/net");

    /** Say how the machine is set up, or are levels: their change means nothing. */
    private static final List<String> NO_COUNTERS =
            List.of(
                    "Ip.Forwarding",
                    "Ip.DefaultTTL",
                    "Tcp.RtoAlgorithm",
                    "Tcp.RtoMin",
                    "Tcp.RtoMax",
                    "Tcp.MaxConn",
                    "Tcp.CurrEstab");

    private final byte[] snmp;
    private final byte[] netstat;
    private final byte[] snmp6;
    private final byte[] conntrack;

    private KernelCounters(byte[] snmp, byte[] netstat, byte[] snmp6, byte[] conntrack) {
        this.snmp = snmp;
        this.netstat = netstat;
        this.snmp6 = snmp6;
        this.conntrack = conntrack;
    }

    /** Reads them; those of IPv6 and of connection tracking where there are any. */
    public static KernelCounters read() throws IOException {
        return new KernelCounters(
                Files.readAllBytes(PROC_NET.resolve("snmp")),
                Files.readAllBytes(PROC_NET.resolve("netstat")),
                readIfThere("snmp6"),
                readIfThere("stat/nf_conntrack"));
    }

    private static byte[] readIfThere(String file) throws IOException {
        Path path = PROC_NET.resolve(file);
        return Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    }

    /**
     * Counters by name, as {@code Tcp.RetransSegs}; those left out that another reading has too.
     */
    private Map<String, Long> valuesBeside(KernelCounters other) {
        Map<String, Long> values = new LinkedHashMap<>();
        pairs(changed(other.snmp, snmp, 2), values);
        pairs(changed(other.netstat, netstat, 2), values);
        singles(changed(other.snmp6, snmp6, 1), values);
        if (!Arrays.equals(conntrack, other.conntrack)) {
            conntrack(lines(conntrack), values);
        }
        return values;
    }

    /**
     * Lines that are not the same in the same place of another reading. Most stand still between
     * two readings, and need not be taken apart.
     *
     * @param together how many lines are one
     */
    static List<String> changed(byte[] theirs, byte[] ours, int together) {
        List<String> changed = new ArrayList<>();
        int from = 0;
        int theirFrom = 0;
        while (from < ours.length) {
            int to = behind(ours, from, together);
            int theirTo = behind(theirs, theirFrom, together);
            if (!Arrays.equals(ours, from, to, theirs, theirFrom, theirTo)) {
                changed.addAll(lines(Arrays.copyOfRange(ours, from, to)));
            }
            from = to;
            theirFrom = theirTo;
        }
        return changed;
    }

    /** Behind so many lines, or the end. */
    private static int behind(byte[] file, int from, int lines) {
        int left = lines;
        for (int at = from; at < file.length; at++) {
            if (file[at] == '\n' && --left == 0) {
                return at + 1;
            }
        }
        return file.length;
    }

    private static List<String> lines(byte[] file) {
        return new String(file, StandardCharsets.US_ASCII).lines().toList();
    }

    /** A line of names, then one of values, both behind the protocol's. */
    static void pairs(List<String> lines, Map<String, Long> values) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] heads = lines.get(i).split(" ");
            String[] numbers = lines.get(i + 1).split(" ");
            String protocol = heads[0].replace(":", ".");
            for (int k = 1; k < Math.min(heads.length, numbers.length); k++) {
                add(protocol + heads[k], numbers[k], values);
            }
        }
    }

    private static void singles(List<String> lines, Map<String, Long> values) {
        for (String line : lines) {
            String[] parts = line.trim().split("\\s+");
            if (parts.length == 2) {
                add(parts[0], parts[1], values);
            }
        }
    }

    /** A line of names, then one of hexadecimal values for each processor. */
    static void conntrack(List<String> lines, Map<String, Long> values) {
        if (lines.isEmpty()) {
            return;
        }
        String[] heads = lines.get(0).trim().split("\\s+");
        for (int k = 1; k < heads.length; k++) {
            long sum = 0;
            for (String line : lines.subList(1, lines.size())) {
                String[] numbers = line.trim().split("\\s+");
                sum += k < numbers.length ? number(numbers[k], 16) : 0;
            }
            values.put("Conntrack." + heads[k], sum);
        }
    }

    private static void add(String name, String number, Map<String, Long> values) {
        if (!NO_COUNTERS.contains(name)) {
            values.put(name, number(number, 10));
        }
    }

    private static long number(String text, int radix) {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException unexpected) {
            return 0;
        }
    }

    /** What moved since an earlier reading, and by how much. */
    public Map<String, Long> since(KernelCounters earlier) {
        Map<String, Long> before = earlier.valuesBeside(this);
        Map<String, Long> moved = new LinkedHashMap<>();
        valuesBeside(earlier)
                .forEach(
                        (name, value) -> {
                            long by = value - before.getOrDefault(name, value);
                            if (by != 0) {
                                moved.put(name, by);
                            }
                        });
        return moved;
    }
}
