package io.netverdict.correlator.errortext;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * libcurl's error numbers, which curl, PHP and many others print; what each says where the words
 * beside it say nothing (libcurl-errors(3)).
 */
final class CurlExit {

    static final int OPERATION_TIMED_OUT = 28;

    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?:\\bcurl: \\(|\\bcurl error:? \\(?|\\bcurle?_?(?:code|error|errno)?[:= ]{1,3}\\(?|^\\()"
                            + "(\\d{1,2})(?=[):,\\s]|$)",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Map<Integer, Complaint> MEANING =
            Map.ofEntries(
                    Map.entry(5, Complaint.RESOLVE_FAILED),
                    Map.entry(6, Complaint.RESOLVE_FAILED),
                    Map.entry(7, Complaint.CONNECT_FAILED),
                    Map.entry(8, Complaint.MALFORMED_RESPONSE),
                    Map.entry(16, Complaint.PROTOCOL_ERROR),
                    Map.entry(18, Complaint.BODY_TRUNCATED),
                    Map.entry(22, Complaint.HTTP_STATUS),
                    Map.entry(23, Complaint.CONTENT_COMPLAINT),
                    Map.entry(26, Complaint.CONTENT_COMPLAINT),
                    Map.entry(28, Complaint.TIMEOUT_DEADLINE),
                    Map.entry(35, Complaint.TLS_OTHER),
                    Map.entry(42, Complaint.CANCELLED),
                    Map.entry(45, Complaint.ADDRESS_NOT_AVAILABLE),
                    Map.entry(47, Complaint.REDIRECT_LIMIT),
                    Map.entry(51, Complaint.CERTIFICATE_OTHER),
                    Map.entry(52, Complaint.CONNECTION_CLOSED),
                    Map.entry(53, Complaint.TLS_OTHER),
                    Map.entry(54, Complaint.TLS_OTHER),
                    Map.entry(55, Complaint.CONNECTION_CLOSED),
                    Map.entry(56, Complaint.CONNECTION_CLOSED),
                    Map.entry(58, Complaint.CLIENT_CERTIFICATE),
                    Map.entry(59, Complaint.TLS_OTHER),
                    Map.entry(60, Complaint.CERTIFICATE_OTHER),
                    Map.entry(61, Complaint.CONTENT_COMPLAINT),
                    Map.entry(63, Complaint.CONTENT_COMPLAINT),
                    Map.entry(77, Complaint.CERTIFICATE_OTHER),
                    Map.entry(80, Complaint.TLS_OTHER),
                    Map.entry(83, Complaint.CERTIFICATE_OTHER),
                    Map.entry(90, Complaint.CERTIFICATE_OTHER),
                    Map.entry(91, Complaint.CERTIFICATE_OTHER),
                    Map.entry(92, Complaint.HTTP2_STREAM_RESET),
                    Map.entry(95, Complaint.PROTOCOL_ERROR),
                    Map.entry(96, Complaint.CONNECT_FAILED),
                    Map.entry(97, Complaint.PROXY_FAILED),
                    Map.entry(98, Complaint.CLIENT_CERTIFICATE));

    private CurlExit() {}

    static OptionalInt find(ErrorText text) {
        return FigureFinder.first(NUMBER, text.text());
    }

    /** What the number alone says. */
    static Complaint meaning(int number) {
        return MEANING.getOrDefault(number, Complaint.REQUEST_FAILED);
    }
}
