package io.netverdict.correlator.errortext;

import static io.netverdict.correlator.model.OperationKind.CONNECT;
import static io.netverdict.correlator.model.OperationKind.PROXY;
import static io.netverdict.correlator.model.OperationKind.REQUEST;
import static io.netverdict.correlator.model.OperationKind.RESOLVE;
import static io.netverdict.correlator.model.OperationKind.RESPONSE;
import static io.netverdict.correlator.model.OperationKind.TLS;

import io.netverdict.correlator.model.OperationKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which steps the request may have been in.
 *
 * <p>Some texts name one step and mean several: what curl, java.net.http, undici, .NET and reqwest
 * call connecting ends when the TLS handshake does.
 */
final class StepFinder {

    private static final Set<ClientFamily> CONNECT_INCLUDES_TLS =
            EnumSet.of(
                    ClientFamily.CURL,
                    ClientFamily.PHP,
                    ClientFamily.JAVA_HTTP_CLIENT,
                    ClientFamily.NODE,
                    ClientFamily.RUST,
                    ClientFamily.DOTNET);

    private static final Set<Complaint> SAYS_LITTLE =
            EnumSet.of(Complaint.PROXY_FAILED, Complaint.PROTOCOL_ERROR);

    private record Hint(Pattern pattern, Set<OperationKind> steps) {
        static Hint of(String expression, OperationKind first, OperationKind... others) {
            return new Hint(Pattern.compile(expression), EnumSet.of(first, others));
        }
    }

    /** The first that fits goes before what complaints imply. */
    private static final List<Hint> HINTS =
            List.of(
                    Hint.of("\\blookup [^\\s]{1,255}(?: on |: )|getaddrinfo", RESOLVE),
                    Hint.of("curl: \\((?:5|6)\\)|resolving timed out", RESOLVE),
                    Hint.of("\\bquic|http/3", CONNECT),
                    Hint.of("tunnel (?:connection )?failed|tunnel through proxy", PROXY),
                    Hint.of("curl: \\(35\\)|ssl_connect|secure tls connection", TLS),
                    Hint.of(
                            "failed to connect to [^\\s]{1,255} port|(?<!trying to )connect: |dial tcp",
                            CONNECT),
                    Hint.of("handshake|_ssl\\.c:", TLS),
                    Hint.of(
                            "reading body|bytes_read|body timeout"
                                    + "|[1-9]\\d{0,17} (?:out of \\d{1,18} )?bytes received"
                                    + "|out of [1-9]\\d{0,17} bytes received",
                            RESPONSE),
                    Hint.of("timeout awaiting response headers", RESPONSE),
                    Hint.of("headers ?timeout|und_err_headers", REQUEST, RESPONSE),
                    Hint.of(
                            "received no bytes|without response|socket hang up|failed to respond"
                                    + "|before response|curl: \\((?:52|55|56)\\)",
                            PROXY,
                            REQUEST,
                            RESPONSE),
                    Hint.of("\\bwrite tcp|write: |send failure", REQUEST, TLS),
                    Hint.of("\\bwrite e(?!proto)[a-z]{3,12}\\b", REQUEST, TLS));

    private static final Pattern HANDSHAKE_FRAME =
            Pattern.compile("handshake|ssl_connect|do_handshake|tlssocket\\._finishinit");

    private StepFinder() {}

    static Set<OperationKind> find(
            ErrorText masked,
            ClientFamily family,
            Set<Complaint> complaints,
            Optional<String> scheme) {
        EnumSet<OperationKind> steps = EnumSet.noneOf(OperationKind.class);
        Optional<Hint> hint =
                HINTS.stream().filter(h -> h.pattern().matcher(masked.lower()).find()).findFirst();
        boolean wideConnect = wideConnectTimeout(masked, family, complaints);
        if (complaints.contains(Complaint.PROXY_REFUSED_REQUEST)) {
            steps.add(PROXY);
        } else if (wideConnect) {
            steps.addAll(EnumSet.of(CONNECT, PROXY, TLS));
        } else if (hint.isPresent()) {
            steps.addAll(hint.get().steps());
        } else {
            complaints.stream()
                    .filter(c -> complaints.size() == 1 || !SAYS_LITTLE.contains(c))
                    .forEach(c -> steps.addAll(c.steps()));
            if (steps.contains(TLS) && HANDSHAKE_FRAME.matcher(masked.frames()).find()) {
                steps.retainAll(EnumSet.of(TLS));
            }
            boolean reading =
                    complaints.contains(Complaint.BODY_READING)
                            || complaints.contains(Complaint.BODY_TRUNCATED);
            if (reading) {
                steps.retainAll(EnumSet.of(RESPONSE));
            }
        }
        if (scheme.isPresent() && scheme.get().equals("http") && steps.size() > 1) {
            steps.remove(TLS);
        }
        return steps;
    }

    private static boolean wideConnectTimeout(
            ErrorText masked, ClientFamily family, Set<Complaint> complaints) {
        return complaints.contains(Complaint.CONNECT_TIMEOUT)
                && CONNECT_INCLUDES_TLS.contains(family)
                && !masked.lower().contains("failed to connect to")
                && !masked.lower().contains("etimedout");
    }
}
