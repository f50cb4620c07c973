package io.netverdict.service.api.route;

import java.util.Collection;
import java.util.Locale;

/**
 * Reads Accept headers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, 12.5.1</a>
 */
public final class MediaRanges {
    private MediaRanges() {}

    /**
     * Whether a client takes one of the media types.
     *
     * @param accept the header; null takes everything
     */
    public static boolean accept(String accept, Collection<String> mediaTypes) {
        if (accept == null || accept.isBlank() || mediaTypes.isEmpty()) {
            return true;
        }
        for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.strip().split("\\s*;\\s*");
            boolean refused = false;
            for (int i = 1; i < parts.length; i++) {
                refused |= parts[i].matches("q=0(\\.0*)?");
            }
            if (!refused && mediaTypes.stream().anyMatch(type -> covers(parts[0], type))) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(String range, String mediaType) {
        String type = mediaType.split(";")[0];
        return range.equals("*/*")
                || range.equals(type)
                || range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1));
    }
}
