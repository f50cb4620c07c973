package io.netverdict.storage;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The host, and the port where there is one, of what an incident names: a URL, {@code host:port},
 * {@code [address]:port}, or a bare name or address. Any text gives a result.
 *
 * @param host lower case; null where there is none
 * @param port 0 to 65535; null where there is none
 */
record HostAndPort(String host, Integer port) {
    private static final String SCHEME_END = "://";
    private static final Pattern COLON_AND_PORT = Pattern.compile(":[0-9]{1,5}");
    private static final int MAX_PORT = 65_535;
    private static final HostAndPort NONE = new HostAndPort(null, null);

    static HostAndPort of(String text) {
        if (text == null) {
            return NONE;
        }
        String authority = authority(text.strip());
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? NONE : of(authority.substring(1, end), authority.substring(end + 1));
        }
        int colon = authority.indexOf(':');
        boolean oneColon = colon >= 0 && colon == authority.lastIndexOf(':');
        return oneColon
                ? of(authority.substring(0, colon), authority.substring(colon))
                : of(authority, "");
    }

    /** What is left of a URL without scheme, user, path, query and fragment. */
    private static String authority(String text) {
        int scheme = text.indexOf(SCHEME_END);
        int start = scheme < 0 ? 0 : scheme + SCHEME_END.length();
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String withUser = text.substring(start, end);
        return withUser.substring(withUser.lastIndexOf('@') + 1);
    }

    private static HostAndPort of(String host, String colonAndPort) {
        if (host.isEmpty() || host.indexOf(' ') >= 0) {
            return NONE;
        }
        return new HostAndPort(host.toLowerCase(Locale.ROOT), port(colonAndPort));
    }

    private static Integer port(String colonAndPort) {
        if (!COLON_AND_PORT.matcher(colonAndPort).matches()) {
            return null;
        }
        int port = Integer.parseInt(colonAndPort.substring(1));
        return port <= MAX_PORT ? port : null;
    }
}
