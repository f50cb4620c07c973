package io.netverdict.correlator.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The path and query that a {@code Location} names, relative ones included (RFC 9110 section
 * 10.2.2, RFC 3986 section 5.2). Any text gives a result.
 */
public final class RedirectTarget {

    private RedirectTarget() {}

    /**
     * @param requestTarget what the redirected request asked for, as a path or as a whole URL
     * @param location the header field's value
     * @return path and query, without the fragment
     */
    public static String pathOf(String requestTarget, String location) {
        String reference = before(location.strip(), '#');
        String path = afterAuthority(reference);
        if (path != null) {
            return path;
        }
        String base = afterAuthority(requestTarget);
        String from = before(base == null ? requestTarget : base, '?');
        if (reference.isEmpty()) {
            return from;
        }
        if (reference.startsWith("/")) {
            return reference;
        }
        if (reference.startsWith("?")) {
            return from + reference;
        }
        String relative = before(reference, '?');
        String query = reference.substring(relative.length());
        return withoutDots(from.substring(0, from.lastIndexOf('/') + 1) + relative) + query;
    }

    /** What follows the authority of {@code scheme://authority} or {@code //authority}, or null. */
    private static String afterAuthority(String url) {
        int scheme = url.indexOf("://");
        boolean whole =
                scheme > 0 && url.chars().limit(scheme).allMatch(Character::isLetterOrDigit);
        if (!whole && !url.startsWith("//")) {
            return null;
        }
        int from = whole ? scheme + 3 : 2;
        for (int at = from; at < url.length(); at++) {
            if (url.charAt(at) == '/') {
                return url.substring(at);
            }
            if (url.charAt(at) == '?') {
                return "/" + url.substring(at);
            }
        }
        return "/";
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                kept.pollLast();
            } else if (!segments[i].equals(".") && (i > 0 || !segments[i].isEmpty())) {
                kept.addLast(segments[i]);
                continue;
            }
            if (last && i > 0) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    private static String before(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }
}
