package io.netverdict.correlator.errortext;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the request was for, as far as the text tells.
 *
 * @param url the last URL the text names that is neither a help page nor a proxy
 * @param method in upper case
 * @param scheme in lower case, {@code http} or {@code https} as a rule
 * @param host name or address literal (no brackets), lower case, no trailing dot; the one the error
 *     is about, which after a redirect is not the one first asked for
 * @param port as told, or the scheme's default where a scheme is told
 * @param path with its query, beginning with a slash
 */
public record ErrorTarget(
        Optional<String> url,
        Optional<String> method,
        Optional<String> scheme,
        Optional<String> host,
        OptionalInt port,
        Optional<String> path) {

    /** A target of which nothing is known. */
    public static final ErrorTarget NONE =
            new ErrorTarget(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty());
}
