package io.netverdict.correlator.tls;

import io.netverdict.capture.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a certificate is for a host (RFC 9525 6.3). */
public final class CertificateNames {
    private static final Pattern COMMON_NAME = Pattern.compile("(?i)(?:^|,)\\s*CN=([^,]+)");

    private CertificateNames() {}

    /** Whether a name or address of the certificate is the host's. */
    public static boolean cover(CertificateInfo leaf, String host) {
        Optional<IpAddress> address = IpAddress.parse(host);
        if (address.isPresent()) {
            return leaf.ipNames().stream().anyMatch(n -> IpAddress.parse(n).equals(address));
        }
        List<String> names = new ArrayList<>(leaf.dnsNames());
        if (names.isEmpty() && leaf.ipNames().isEmpty()) {
            Matcher matcher = COMMON_NAME.matcher(leaf.subject());
            if (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names.stream().anyMatch(name -> matches(name.toLowerCase(Locale.ROOT), host));
    }

    private static boolean matches(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(name.substring(1));
    }
}
