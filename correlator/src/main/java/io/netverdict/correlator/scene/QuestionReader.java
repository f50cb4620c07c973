package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.errortext.ErrorFacts;
import io.netverdict.correlator.errortext.ErrorTextReader;
import io.netverdict.correlator.errortext.ProxyMention;
import io.netverdict.correlator.model.ErrorReport;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a {@link Question} of an error report: its fields first, then what its message adds. */
public final class QuestionReader {
    private static final Pattern URL =
            Pattern.compile(
                    "(?i)(https?)://(?:[^/@\\s]*@)?(\\[[0-9a-f:.%]+]|[^/:?#\\s]+)(?::(\\d{1,5}))?([/?][^\\s#]*)?");
    private static final Pattern HOST_PORT =
            Pattern.compile("(\\[[^\\]]+]|[^:/\\s]+)(?::(\\d{1,5}))?/?");

    /** Of a report by a hook: {@code GET https://host/path -> 301}. */
    private static final Pattern REQUEST_ATTRIBUTE = Pattern.compile("request\\.\\d{1,4}");

    /**
     * Logs that write whole seconds leave out the rest: what is told as a second's beginning may
     * have been anywhere in it.
     */
    private static final long LOGGED_SECOND_NANOS = 999_000_000L;

    private final ErrorTextReader textReader = new ErrorTextReader();

    /**
     * @param report as reported
     * @param endNanos stands for the time of the error where the report does not tell it
     */
    public Question read(ErrorReport report, long endNanos) {
        ErrorFacts facts = textReader.read(report.message(), report.client());
        Set<String> hosts = new LinkedHashSet<>();
        OptionalInt port = OptionalInt.empty();
        Optional<String> scheme = Optional.empty();
        Optional<String> path = Optional.empty();

        Optional<String> proxyHost = Optional.empty();
        OptionalInt proxyPort = OptionalInt.empty();
        if (report.proxy() != null) {
            Matcher matcher = URL.matcher(report.proxy());
            Matcher plain = HOST_PORT.matcher(report.proxy());
            if (matcher.lookingAt()) {
                proxyHost = Optional.of(name(matcher.group(2)));
                proxyPort = port(matcher.group(3));
            } else if (plain.matches()) {
                proxyHost = Optional.of(name(plain.group(1)));
                proxyPort = port(plain.group(2));
            }
        }
        if (proxyHost.isEmpty() && facts.proxy().isPresent()) {
            ProxyMention mention = facts.proxy().get();
            proxyHost = mention.host();
            proxyPort = mention.port();
        }

        Optional<String> messageHost = facts.host();
        if (messageHost.isPresent() && !messageHost.equals(proxyHost)) {
            hosts.add(messageHost.get());
            port = facts.port();
            scheme = facts.target().scheme();
            path = facts.target().path();
        }
        if (report.url() != null) {
            Matcher matcher = URL.matcher(report.url());
            if (matcher.lookingAt()) {
                String host = name(matcher.group(2));
                boolean sameHost = hosts.isEmpty() || hosts.contains(host);
                hosts.add(host);
                if (sameHost) {
                    scheme = Optional.of(matcher.group(1).toLowerCase(Locale.ROOT));
                    port = port(matcher.group(3));
                    if (port.isEmpty()) {
                        port = OptionalInt.of(scheme.get().equals("https") ? 443 : 80);
                    }
                    path =
                            Optional.of(
                                    matcher.group(4) == null
                                            ? "/"
                                            : matcher.group(4).startsWith("/")
                                                    ? matcher.group(4)
                                                    : "/" + matcher.group(4));
                }
            }
        }
        hosts.addAll(hostsOfFurtherRequests(report));
        Optional<Endpoint> local =
                report.local() == null ? facts.addresses().local() : endpoint(report.local());
        Optional<Endpoint> remote =
                report.remote() == null ? facts.addresses().remote() : endpoint(report.remote());
        Instant told = report.occurredAt();
        long occurredFrom = told == null ? endNanos : nanos(told);
        boolean wholeSeconds = told != null && told.getNano() == 0;
        long timeout = facts.figures().timeout().map(d -> d.toNanos()).orElse(-1L);
        return new Question(
                report,
                facts,
                hosts,
                port,
                scheme,
                path,
                proxyHost,
                proxyPort,
                local.filter(e -> e.port() > 0 || !e.address().isUnspecified()),
                remote,
                occurredFrom,
                wholeSeconds ? occurredFrom + LOGGED_SECOND_NANOS : occurredFrom,
                told != null,
                report.startedAt() == null ? -1 : nanos(report.startedAt()),
                timeout);
    }

    /** Where the client went besides: redirects and retries, which encryption may hide. */
    private static Set<String> hostsOfFurtherRequests(ErrorReport report) {
        Set<String> hosts = new LinkedHashSet<>();
        if (report.attributes() != null) {
            report.attributes()
                    .forEach(
                            (name, request) -> {
                                Matcher url = URL.matcher(request);
                                if (REQUEST_ATTRIBUTE.matcher(name).matches() && url.find()) {
                                    hosts.add(name(url.group(2)));
                                }
                            });
        }
        return hosts;
    }

    private static String name(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String lower = bare.toLowerCase(Locale.ROOT);
        String canonical = IpAddress.parse(lower).map(IpAddress::toString).orElse(lower);
        return canonical.endsWith(".") ? canonical.substring(0, canonical.length() - 1) : canonical;
    }

    private static OptionalInt port(String digits) {
        if (digits == null) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(digits);
        return port > 0xFFFF ? OptionalInt.empty() : OptionalInt.of(port);
    }

    private static Optional<Endpoint> endpoint(String text) {
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches()) {
            return IpAddress.parse(text).map(address -> new Endpoint(address, 0));
        }
        OptionalInt port = port(matcher.group(2));
        return IpAddress.parse(matcher.group(1)).map(a -> new Endpoint(a, port.orElse(0)));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
