package io.netverdict.service.api.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one range of a Range header.
 *
 * @param first byte, from 0
 * @param length bytes, at least 1
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.2">RFC 9110, 14.2</a>
 */
public record ByteRange(long first, long length) {
    private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Reads a header.
     *
     * @param header may be null
     * @param total bytes there are
     * @return null where everything is to be answered: no range, several, or none that is
     *     understood
     * @throws ApiProblem where the range begins after the end
     */
    public static ByteRange of(String header, long total) {
        Matcher form = header == null ? null : FORM.matcher(header.strip());
        if (form == null || !form.matches() || form.group(1).isEmpty() && form.group(2).isEmpty()) {
            return null;
        }
        long first;
        long last = total - 1;
        if (form.group(1).isEmpty()) {
            first = Math.max(0, total - Long.parseLong(form.group(2)));
        } else {
            first = Long.parseLong(form.group(1));
            if (!form.group(2).isEmpty()) {
                last = Math.min(last, Long.parseLong(form.group(2)));
            }
        }
        if (first >= total) {
            throw new ApiProblem(416, "Range not satisfiable", "there are " + total + " bytes");
        }
        return last < first ? null : new ByteRange(first, last - first + 1);
    }

    /** The answer's Content-Range. */
    public String contentRange(long total) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + total;
    }
}
