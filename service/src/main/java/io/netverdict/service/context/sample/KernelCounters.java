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
 * @param names as {@code Tcp.RetransSegs}; shared between readings
 * @param values in the order of the names
 */
public record KernelCounters(String[] names, long[] values) {
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

    /** Reads them; {@code before} lends its names where they are the same. */
    public static KernelCounters read(KernelCounters before) throws IOException {
        List<String> names = new ArrayList<>(512);
        List<Long> values = new ArrayList<>(512);
        for (String file : List.of("snmp", "netstat")) {
            pairs(lines(file), names, values);
        }
        Path v6 = PROC_NET.resolve("snmp6");
        if (Files.exists(v6)) {
            singles(lines("snmp6"), names, values);
        }
        if (Files.exists(PROC_NET.resolve("stat/nf_conntrack"))) {
            conntrack(lines("stat/nf_conntrack"), names, values);
        }
        String[] named = names.toArray(String[]::new);
        String[] shared =
                before != null && Arrays.equals(before.names, named) ? before.names : named;
        return new KernelCounters(shared, values.stream().mapToLong(Long::longValue).toArray());
    }

    private static List<String> lines(String file) throws IOException {
        // Of unknown length to the system: lines() would read it in small pieces.
        byte[] bytes = Files.readAllBytes(PROC_NET.resolve(file));
        return new String(bytes, StandardCharsets.US_ASCII).lines().toList();
    }

    /** A line of names, then one of values, both behind the protocol's. */
    static void pairs(List<String> lines, List<String> names, List<Long> values) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] heads = lines.get(i).split(" ");
            String[] numbers = lines.get(i + 1).split(" ");
            String protocol = heads[0].replace(":", ".");
            for (int k = 1; k < Math.min(heads.length, numbers.length); k++) {
                add(protocol + heads[k], numbers[k], 10, names, values);
            }
        }
    }

    private static void singles(List<String> lines, List<String> names, List<Long> values) {
        for (String line : lines) {
            String[] parts = line.trim().split("\\s+");
            if (parts.length == 2) {
                add(parts[0], parts[1], 10, names, values);
            }
        }
    }

    /** A line of names, then one of hexadecimal values for each processor. */
    static void conntrack(List<String> lines, List<String> names, List<Long> values) {
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
            names.add("Conntrack." + heads[k]);
            values.add(sum);
        }
    }

    private static void add(
            String name, String number, int radix, List<String> names, List<Long> values) {
        if (!NO_COUNTERS.contains(name)) {
            names.add(name);
            values.add(number(number, radix));
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
        Map<String, Long> moved = new LinkedHashMap<>();
        if (!Arrays.equals(names, earlier.names)) {
            return moved;
        }
        for (int i = 0; i < names.length; i++) {
            if (values[i] != earlier.values[i]) {
                moved.put(names[i], values[i] - earlier.values[i]);
            }
        }
        return moved;
    }
}
