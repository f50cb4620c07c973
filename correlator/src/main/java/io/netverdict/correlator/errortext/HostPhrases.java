package io.netverdict.correlator.errortext;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where clients name a host outside a URL. */
final class HostPhrases {

    /** What the host is to the request. */
    enum Role {
        /** What was asked for. */
        TARGET,
        /** What was dialled: the target or its proxy. */
        DIALLED,
        /** What was looked up: the target or its proxy, perhaps with a search domain. */
        LOOKED_UP,
        /** Said to be a proxy. */
        PROXY
    }

    /**
     * A host named.
     *
     * @param host lower case, without brackets and trailing dot
     * @param position offset in the text
     */
    record Mention(Role role, String host, OptionalInt port, int position) {}

    private record Phrase(Role role, Pattern pattern, boolean hasPort) {
        static Phrase of(Role role, String expression) {
            return new Phrase(
                    role,
                    Pattern.compile(expression, Pattern.CASE_INSENSITIVE),
                    expression.contains("(?<port>"));
        }
    }

    private static final String NAME =
            "(?<![\\w.-])(?<host>\\[[0-9A-Fa-f:.]{2,45}(?:%\\w{1,16})?\\]"
                    + "|[\\w\\u0080-\\uFFFF](?:[\\w.\\u0080-\\uFFFF-]{0,252}[\\w\\u0080-\\uFFFF])?)\\.?";
    private static final String NAME_OR_V6 =
            "(?<![\\w.-])(?<host>\\[?[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{2,40}\\]?"
                    + "|[\\w\\u0080-\\uFFFF](?:[\\w.\\u0080-\\uFFFF-]{0,252}[\\w\\u0080-\\uFFFF])?)\\.?";
    private static final String PORT = "(?<port>\\d{1,5})";
    private static final String NAME_PORT = NAME + ":" + PORT;

    private static final List<Phrase> PHRASES =
            List.of(
                    // curl, PHP
                    Phrase.of(
                            Role.LOOKED_UP,
                            "(?:could not|couldn't|can't) resolve host:? '?" + NAME),
                    Phrase.of(Role.PROXY, "(?:could not|couldn't) resolve proxy:? '?" + NAME),
                    Phrase.of(Role.DIALLED, "connect to " + NAME_OR_V6 + " port " + PORT),
                    Phrase.of(Role.DIALLED, "in connection to " + NAME_PORT),
                    Phrase.of(
                            Role.DIALLED, "connect(?:ed|ing|ion)? to (?:\\w{2,5}://)?" + NAME_PORT),
                    Phrase.of(Role.DIALLED, "to (?:ssl|tcp|tls)://" + NAME_PORT),
                    Phrase.of(Role.LOOKED_UP, "getaddrinfo for " + NAME + " failed"),
                    // Python
                    Phrase.of(
                            Role.TARGET,
                            "connectionpool\\(host='" + NAME_OR_V6 + "', port=" + PORT),
                    Phrase.of(
                            Role.DIALLED,
                            "https?connection\\(host='" + NAME_OR_V6 + "', port=" + PORT),
                    Phrase.of(Role.DIALLED, "connection to " + NAME_OR_V6 + " timed out"),
                    Phrase.of(Role.LOOKED_UP, "failed to resolve '" + NAME),
                    Phrase.of(Role.DIALLED, "cannot connect to host " + NAME_PORT),
                    // Go
                    Phrase.of(Role.LOOKED_UP, "lookup " + NAME + "(?: on |: )"),
                    Phrase.of(Role.DIALLED, "dial tcp[46]? " + NAME_PORT + "(?!->)"),
                    Phrase.of(Role.TARGET, "certificate is valid for [^\\n]{1,2000}, not " + NAME),
                    Phrase.of(Role.TARGET, "wanted to match " + NAME),
                    Phrase.of(Role.TARGET, "cannot validate certificate for " + NAME_OR_V6),
                    // Node
                    Phrase.of(
                            Role.LOOKED_UP,
                            "(?:getaddrinfo|query\\w{0,6}) E[A-Z_]{3,20} "
                                    + NAME
                                    + "(?::"
                                    + PORT
                                    + ")?"),
                    Phrase.of(Role.LOOKED_UP, "\\bhostname: '" + NAME),
                    Phrase.of(Role.DIALLED, "attempted address(?:es)?: " + NAME_PORT),
                    Phrase.of(Role.DIALLED, "\\bhost: '" + NAME + "',\\s{1,20}port: '?" + PORT),
                    Phrase.of(Role.TARGET, "\\bhost: '?" + NAME + "'?\\. is not in the cert"),
                    // Java
                    Phrase.of(Role.LOOKED_UP, "unknownhostexception: " + NAME + "(?=$|[:\\s])"),
                    Phrase.of(Role.LOOKED_UP, "unable to resolve host(?: address)? [\"']?" + NAME),
                    Phrase.of(Role.LOOKED_UP, "execute http request: " + NAME + "(?=$|: )"),
                    Phrase.of(
                            Role.TARGET,
                            "no (?:subject alternative dns name matching|name matching) " + NAME),
                    Phrase.of(Role.TARGET, "hostname " + NAME + " not verified"),
                    Phrase.of(Role.TARGET, "certificate for <" + NAME + ">"),
                    Phrase.of(
                            Role.DIALLED,
                            "connect to " + NAME + "/[0-9A-Fa-f:.\\[\\]]{2,47} \\(port " + PORT),
                    Phrase.of(Role.DIALLED, NAME + "/[0-9A-Fa-f:.\\[\\]]{2,47}:" + PORT),
                    Phrase.of(Role.DIALLED, NAME + "/<unresolved>:" + PORT),
                    Phrase.of(Role.DIALLED, "connect to (?:https?://)?" + NAME_PORT + " \\["),
                    Phrase.of(Role.DIALLED, NAME_PORT + " failed to respond"),
                    Phrase.of(Role.TARGET, "=> ?/?" + NAME_PORT),
                    Phrase.of(Role.PROXY, "proxyexception: \\w{2,8}, \\w{2,8}, /?" + NAME + "[/:]"),
                    // .NET
                    Phrase.of(
                            Role.DIALLED,
                            "(?<=[\\w.])(?<!\\blocal) \\((?!\\w{1,40}\\.(?:c|cc|cpp|cs|go|java|js|kt|php|rb|ts):)"
                                    + NAME_PORT
                                    + "\\)"),
                    // Ruby, wget, Python's and curl's words on certificates
                    Phrase.of(Role.DIALLED, "for \"?" + NAME_OR_V6 + "\"? port " + PORT),
                    Phrase.of(Role.LOOKED_UP, "bad address '" + NAME),
                    Phrase.of(
                            Role.DIALLED,
                            "connecting to "
                                    + NAME
                                    + " \\([^)\\n]{1,255}\\)\\|[^|\\n]{2,60}\\|:"
                                    + PORT),
                    Phrase.of(Role.LOOKED_UP, "resolving " + NAME + " \\("),
                    Phrase.of(Role.TARGET, "cannot verify " + NAME + "'s certificate"),
                    Phrase.of(
                            Role.TARGET, "(?:target|requested|expected) host ?name '" + NAME_OR_V6),
                    Phrase.of(Role.TARGET, "certificate is not valid for '" + NAME_OR_V6),
                    Phrase.of(Role.TARGET, "hostname '" + NAME_OR_V6 + "' doesn't match"),
                    // QUIC
                    Phrase.of(Role.TARGET, "handshake with " + NAME + "(?::" + PORT + ")?"),
                    // proxies
                    Phrase.of(Role.PROXY, "proxy(?: server)?:? [\"']?" + NAME_PORT));

    private HostPhrases() {}

    /** Hosts in the order of the text. */
    static List<Mention> find(String text) {
        List<Mention> found = new ArrayList<>();
        for (Phrase phrase : PHRASES) {
            Matcher matcher = phrase.pattern().matcher(text);
            while (matcher.find()) {
                String host = cleanHost(matcher.group("host"));
                OptionalInt port =
                        phrase.hasPort() ? port(matcher.group("port")) : OptionalInt.empty();
                found.add(new Mention(phrase.role(), host, port, matcher.start("host")));
            }
        }
        found.sort((a, b) -> Integer.compare(a.position(), b.position()));
        return found;
    }

    static String cleanHost(String host) {
        String clean = host.toLowerCase(Locale.ROOT);
        if (clean.startsWith("[")) {
            clean = clean.substring(1);
        }
        while (clean.endsWith(".") || clean.endsWith("]")) {
            clean = clean.substring(0, clean.length() - 1);
        }
        return clean;
    }

    /** Empty where the digits are no port. */
    static OptionalInt port(String digitsOrNull) {
        if (digitsOrNull == null || digitsOrNull.isEmpty() || digitsOrNull.length() > 5) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(digitsOrNull);
        return port == 0 || port > 0xFFFF ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
