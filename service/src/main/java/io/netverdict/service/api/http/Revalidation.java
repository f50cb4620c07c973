package io.netverdict.service.api.http;

import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Lets clients keep what does not change and ask whether it is still so.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, 13.1.2</a>
 */
public final class Revalidation {
    private static final int TAG_BYTES = 16;

    private Revalidation() {}

    /** A tag of a body: equal bodies have equal ones. */
    public static String tagOf(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Tags the answer; where the client has just that, answers 304 and returns true. */
    public static boolean isCurrent(Context context, String tag) {
        String quoted = "\"" + tag + "\"";
        context.header("ETag", quoted).header("Cache-Control", "private, no-cache");
        String known = context.header("If-None-Match");
        boolean current =
                known != null
                        && Arrays.stream(known.split(","))
                                .map(each -> each.strip().replaceFirst("^W/", ""))
                                .anyMatch(each -> each.equals(quoted) || each.equals("*"));
        if (current) {
            context.status(304);
        }
        return current;
    }
}
