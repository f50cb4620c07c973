package io.netverdict.service.context.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The proxy variables of a process and nothing else of its environment; no credentials. */
public final class ProxyEnvironment {
    private static final Set<String> NAMES =
            Set.of("http_proxy", "https_proxy", "all_proxy", "no_proxy");

    private ProxyEnvironment() {}

    /** Of this service. */
    public static Map<String, String> own() {
        return of(System.getenv());
    }

    /** Of another process. */
    public static Map<String, String> of(long pid) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : new String(bytes, StandardCharsets.UTF_8).split("\0")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return of(environment);
    }

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> proxies = new TreeMap<>();
        environment.forEach(
                (name, value) -> {
                    if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
                        proxies.put(name, withoutCredentials(value));
                    }
                });
        return proxies;
    }

    /** Whatever stands before an @ may be a password, well-formed URL or not. */
    private static String withoutCredentials(String value) {
        int at = value.lastIndexOf('@');
        if (at < 0) {
            return value;
        }
        int scheme = value.indexOf("://");
        String before = scheme >= 0 && scheme < at ? value.substring(0, scheme + 3) : "";
        return before + "***@" + value.substring(at + 1);
    }
}
