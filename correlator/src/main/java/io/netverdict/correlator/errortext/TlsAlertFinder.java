package io.netverdict.correlator.errortext;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a TLS alert received, by number or by one of its names (RFC 8446, section 6; RFC 5246,
 * section 7.2; the words of Go, OpenSSL, JSSE, rustls, GnuTLS, .NET).
 */
final class TlsAlertFinder {

    private static final Map<String, Integer> NUMBER_BY_NAME =
            Map.ofEntries(
                    Map.entry("closenotify", 0),
                    Map.entry("unexpectedmessage", 10),
                    Map.entry("badrecordmac", 20),
                    Map.entry("decryptionfailed", 21),
                    Map.entry("recordoverflow", 22),
                    Map.entry("decompressionfailure", 30),
                    Map.entry("handshakefailure", 40),
                    Map.entry("handshakefailed", 40),
                    Map.entry("nocertificate", 41),
                    Map.entry("badcertificate", 42),
                    Map.entry("unsupportedcertificate", 43),
                    Map.entry("certificaterevoked", 44),
                    Map.entry("revokedcertificate", 44),
                    Map.entry("certificateexpired", 45),
                    Map.entry("expiredcertificate", 45),
                    Map.entry("certificateunknown", 46),
                    Map.entry("unknowncertificate", 46),
                    Map.entry("illegalparameter", 47),
                    Map.entry("unknownca", 48),
                    Map.entry("unknowncertificateauthority", 48),
                    Map.entry("accessdenied", 49),
                    Map.entry("decodeerror", 50),
                    Map.entry("errordecodingmessage", 50),
                    Map.entry("decrypterror", 51),
                    Map.entry("errordecryptingmessage", 51),
                    Map.entry("exportrestriction", 60),
                    Map.entry("protocolversion", 70),
                    Map.entry("protocolversionnotsupported", 70),
                    Map.entry("errorinprotocolversion", 70),
                    Map.entry("insufficientsecurity", 71),
                    Map.entry("insufficientsecuritylevel", 71),
                    Map.entry("internalerror", 80),
                    Map.entry("inappropriatefallback", 86),
                    Map.entry("usercanceled", 90),
                    Map.entry("norenegotiation", 100),
                    Map.entry("missingextension", 109),
                    Map.entry("unsupportedextension", 110),
                    Map.entry("certificateunobtainable", 111),
                    Map.entry("unrecognizedname", 112),
                    Map.entry("theservernamesentwasnotrecognized", 112),
                    Map.entry("badcertificatestatusresponse", 113),
                    Map.entry("badcertificatehashvalue", 114),
                    Map.entry("unknownpskidentity", 115),
                    Map.entry("certificaterequired", 116),
                    Map.entry("noapplicationprotocol", 120));

    private static final String NAME = "(?<name>[A-Za-z_]{2,40}(?: [a-z_]{1,20}){0,5})";

    private static final List<Pattern> NUMBERS =
            patterns(
                    "ssl alert number (?<n>\\d{1,3})",
                    "alert \\[(?<n>\\d{1,3})\\]",
                    "alert(?: received)?:? ?\\(?(?<n>\\d{1,3})\\)",
                    // OpenSSL 3 and 1.1: reason 1000 and up is the number of an alert received
                    "error:0a000(?<hex>[45][0-9a-f]{2}):",
                    "error:14[0-9a-f]{3}(?<hex>[45][0-9a-f]{2}):");

    private static final List<Pattern> NAMES =
            patterns(
                    "remote error: tls: " + NAME,
                    "fatal alert:? ['\"]?" + NAME,
                    "tls alert:? ['\"]?" + NAME,
                    "alert, '?" + NAME,
                    "(?:ssl|tls)v1?[0-9]{0,2}[ _]alert[ _]" + NAME,
                    "(?:ssl|tls)v1?[0-9]{0,2}[ _](?<name>unrecognized[ _]name|unsupported[ _]extension"
                            + "|certificate[ _]unobtainable|bad[ _]certificate[ _](?:status[ _]response|hash[ _]value))",
                    "alert received: " + NAME,
                    "err_ssl_" + NAME + "_alert",
                    "ssl_error_" + NAME + "_alert",
                    "received alert:? ['\"]?" + NAME);

    private static final Pattern UNNAMED =
            Pattern.compile(
                    "fatal alert (?:message )?(?:has been|was) received|received (?:a )?(?:fatal )?(?:tls )?alert"
                            + "|remote error: tls: |-0x7780|sec_e_illegal_message"
                            + "|err_ssl_version_or_cipher_mismatch");
    private static final int OPENSSL_ALERT_BASE = 1000;
    private static final int MAX_ALERT = 255;

    private TlsAlertFinder() {}

    /** The number, where it is told or follows from the name. */
    static OptionalInt number(ErrorText text) {
        for (Pattern pattern : NUMBERS) {
            Matcher matcher = pattern.matcher(text.lower());
            if (matcher.find()) {
                int number =
                        pattern.pattern().contains("<hex>")
                                ? Integer.parseInt(matcher.group("hex"), 16) - OPENSSL_ALERT_BASE
                                : Integer.parseInt(matcher.group("n"));
                if (number >= 0 && number <= MAX_ALERT) {
                    return OptionalInt.of(number);
                }
            }
        }
        for (Pattern pattern : NAMES) {
            Matcher matcher = pattern.matcher(text.lower());
            while (matcher.find()) {
                OptionalInt number = byName(matcher.group("name"));
                if (number.isPresent()) {
                    return number;
                }
            }
        }
        return OptionalInt.empty();
    }

    /** Whether the text speaks of an alert received, with or without a number. */
    static boolean isToldIn(ErrorText text) {
        return number(text).isPresent() || UNNAMED.matcher(text.lower()).find();
    }

    private static OptionalInt byName(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        // The name may have caught words after it: the longest known beginning counts.
        return NUMBER_BY_NAME.entrySet().stream()
                .filter(e -> letters.startsWith(e.getKey()))
                .max(Comparator.comparingInt(e -> e.getKey().length()))
                .map(e -> OptionalInt.of(e.getValue()))
                .orElse(OptionalInt.empty());
    }

    private static List<Pattern> patterns(String... expressions) {
        return List.of(expressions).stream().map(e -> Pattern.compile(e)).toList();
    }
}
