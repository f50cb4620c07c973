package io.netverdict.service.doctor;

import io.netverdict.nativelib.PcapException;
import io.netverdict.nativelib.PcapLibrary;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What capturing needs: the library, the privilege, an interface. */
final class CaptureChecks {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");
    private static final String EFFECTIVE_CAPABILITIES = "CapEff:";

    /** Bit of CAP_NET_RAW, from linux/capability.h. */
    private static final int CAP_NET_RAW = 13;

    private CaptureChecks() {}

    static Finding libpcap() {
        try {
            return Finding.ok("libpcap", PcapLibrary.version());
        } catch (PcapException e) {
            return Finding.missing("libpcap", e.getMessage(), "apt-get install libpcap0.8");
        }
    }

    static Finding privileges() {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (hasNetRaw(root)) {
            return Finding.ok("privileges", root ? "root" : "CAP_NET_RAW");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Finding.missing(
                "privileges",
                "capturing needs CAP_NET_RAW; analyze works without",
                "sudo netverdict serve, or: sudo setcap cap_net_raw,cap_net_admin+ep " + java);
    }

    private static boolean hasNetRaw(boolean otherwise) {
        try (Stream<String> lines = Files.lines(OWN_STATUS)) {
            return lines.filter(line -> line.startsWith(EFFECTIVE_CAPABILITIES))
                    .map(line -> line.substring(EFFECTIVE_CAPABILITIES.length()).strip())
                    .map(mask -> Long.parseUnsignedLong(mask, 16))
                    .map(mask -> (mask >>> CAP_NET_RAW & 1) == 1)
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException | NumberFormatException e) {
            return otherwise;
        }
    }

    static Finding interfaces() {
        List<String> up = new ArrayList<>();
        List<String> down = new ArrayList<>();
        boolean beyondLoopback = false;
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                (each.isUp() ? up : down).add(each.getName());
                beyondLoopback |= each.isUp() && !each.isLoopback();
            }
        } catch (SocketException e) {
            return Finding.missing("interfaces", "cannot be listed: " + e.getMessage(), null);
        }
        String detail = "up: " + list(up) + "; down: " + list(down);
        if (up.isEmpty()) {
            return Finding.missing("interfaces", detail, "ip link set NAME up");
        }
        return beyondLoopback
                ? Finding.ok("interfaces", detail)
                : Finding.note("interfaces", detail, "only loopback is up: ip link set NAME up");
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join(" ", names);
    }
}
