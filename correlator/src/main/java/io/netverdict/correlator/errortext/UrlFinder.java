package io.netverdict.correlator.errortext;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the URLs in a text and tells the request's from help pages and proxies. */
final class UrlFinder {

    /** What a URL is to the request. */
    enum Role {
        REQUEST,
        PROXY,
        HELP
    }

    /**
     * A URL taken apart.
     *
     * @param host without brackets, lower case
     * @param path with query, without fragment
     */
    record Found(
            Role role,
            String url,
            Optional<String> method,
            String scheme,
            String host,
            OptionalInt port,
            Optional<String> path,
            int position) {

        OptionalInt effectivePort() {
            return port.isPresent() ? port : defaultPort(scheme);
        }
    }

    private static final Pattern URL =
            Pattern.compile(
                    "\\b(https?|wss?|ftp)://([^\\s/?#\"'<>\\\\^`{}|,;]{1,300})([^\\s\"'<>\\\\^`{}|]{0,2048})",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern METHOD =
            Pattern.compile(
                    "\\b(GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS|CONNECT|TRACE)"
                            + "(?:[\\])]| request(?: for| to)?| of| to)?:? {0,2}[\\[(]?[\"']?$",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern HELP =
            Pattern.compile(
                    "(?:\\bsee|\\bvisit|details|details here|information(?: at| check| see)?|documentation"
                            + "|\\bdocs|learn more|refer to|read more|more info(?: at)?|xmlns(?::\\w{1,20})?="
                            + "|dtd|help)\\s{0,2}:?=?\\s{0,2}(?:at )?[\"'(<]?$",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern PROXY =
            Pattern.compile(
                    "prox(?:y|ies)(?: url| server| at| is)?\\s{0,2}[:=]?\\s{0,2}[(\"'<]?(?:https?['\"]?: ?['\"])?$",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern EARLIER =
            Pattern.compile(
                    "(?:redirected|referr?er:?)(?: from)? ?[\"'(]?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.%\\w]{2,60}\\]|[^:\\[\\]]{1,255})(?::(\\d{0,5}))?");
    private static final String TRAILING = ".,;:!?)]}>\u2026";
    private static final int CONTEXT_CHARS = 60;

    private UrlFinder() {}

    static List<Found> find(String text) {
        List<Found> found = new ArrayList<>();
        Matcher matcher = URL.matcher(text);
        while (matcher.find()) {
            String before =
                    text.substring(Math.max(0, matcher.start() - CONTEXT_CHARS), matcher.start());
            parse(matcher, before).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Found> parse(Matcher matcher, String before) {
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String rest = matcher.group(3);
        String authority = matcher.group(2);
        if (rest.isEmpty()) {
            authority = trimmed(authority);
        } else {
            rest = trimmed(rest);
        }
        int userInfo = authority.lastIndexOf('@');
        Matcher parts = AUTHORITY.matcher(authority.substring(userInfo + 1));
        if (!parts.lookingAt()) {
            return Optional.empty();
        }
        String host = HostPhrases.cleanHost(parts.group(1));
        if (host.isEmpty()) {
            return Optional.empty();
        }
        int fragment = rest.indexOf('#');
        String path = fragment >= 0 ? rest.substring(0, fragment) : rest;
        if (path.startsWith("?")) {
            path = "/" + path;
        }
        Role role = Role.REQUEST;
        if (HELP.matcher(before).find() || EARLIER.matcher(before).find()) {
            role = Role.HELP;
        } else if (PROXY.matcher(before).find()) {
            role = Role.PROXY;
        }
        Matcher method = METHOD.matcher(before);
        return Optional.of(
                new Found(
                        role,
                        matcher.group(1) + "://" + authority + rest,
                        method.find()
                                ? Optional.of(method.group(1).toUpperCase(Locale.ROOT))
                                : Optional.empty(),
                        scheme,
                        host,
                        HostPhrases.port(parts.group(2)),
                        path.startsWith("/") ? Optional.of(path) : Optional.empty(),
                        matcher.start()));
    }

    /** Punctuation of the sentence around it, brackets only where they close nothing. */
    private static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && TRAILING.indexOf(text.charAt(end - 1)) >= 0) {
            char last = text.charAt(end - 1);
            String kept = text.substring(0, end);
            if (last == ')' && kept.indexOf('(') >= 0 || last == ']' && kept.indexOf('[') >= 0) {
                break;
            }
            end--;
        }
        return text.substring(0, end);
    }

    static OptionalInt defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> OptionalInt.of(80);
            case "https", "wss" -> OptionalInt.of(443);
            case "ftp" -> OptionalInt.of(21);
            default -> OptionalInt.empty();
        };
    }
}
