package io.netverdict.correlator.story;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code http.redirect-loop} and {@code http.captive-portal}: redirects that lead in a circle, or
 * to somebody else than the host that was asked.
 */
public final class RedirectRule implements StoryRule {
    private static final int MIN_REPEATED = 3;
    private static final int NETWORK_AUTHENTICATION_REQUIRED = 511;
    private static final Pattern HOST =
            Pattern.compile("(?i)^https?://(\\[[^\\]]+]|[^/:?#\\s]+)(?::\\d+)?(.*)$");
    private static final Pattern SIGN_IN =
            Pattern.compile(
                    "(?i)log-?in|sign-?in|portal|captive|hotspot|wifi|wlan|guest|auth|welcome"
                            + "|splash|connect|access|register");

    private record Hop(RequestStory.Attempt attempt, Exchange exchange, String location) {}

    @Override
    public List<Assessment> assess(RequestStory story) {
        List<Hop> hops = new ArrayList<>();
        for (RequestStory.Attempt attempt : story.attempts()) {
            for (Exchange exchange : attempt.connection().session().exchanges()) {
                boolean inTime =
                        exchange.startedNanos() >= story.question().windowFromNanos()
                                && exchange.startedNanos() <= story.question().deadlineNanos();
                boolean redirect =
                        exchange.status() >= 300
                                && exchange.status() < 400
                                && exchange.status() != 304;
                if (inTime && (redirect || exchange.status() == NETWORK_AUTHENTICATION_REQUIRED)) {
                    hops.add(
                            new Hop(
                                    attempt,
                                    exchange,
                                    exchange.response().header("Location").orElse("")));
                }
            }
        }
        hops.sort(Comparator.comparingLong(h -> h.exchange().startedNanos()));
        List<Assessment> found = new ArrayList<>();
        if (!hops.isEmpty()) {
            loop(story, hops, found);
            portal(story, hops, found);
        }
        return found;
    }

    private static void loop(RequestStory story, List<Hop> hops, List<Assessment> found) {
        Map<String, Integer> visits = new HashMap<>();
        int most = 0;
        for (Hop hop : hops) {
            String key =
                    String.join(",", hop.attempt().connection().session().names())
                            + hop.exchange().request().target();
            most = Math.max(most, visits.merge(key, 1, Integer::sum));
        }
        boolean said = story.question().says(Complaint.REDIRECT_LIMIT);
        if (!said && most < MIN_REPEATED || hops.size() < 2) {
            return;
        }
        List<DecodedPacket> packets = hops.stream().map(h -> h.exchange().responseFirst()).toList();
        Hop last = hops.get(hops.size() - 1);
        found.add(
                Finding.of(Cause.HTTP_REDIRECT_LOOP)
                        .strength(said ? 0.97 : 0.75)
                        .blame(Blame.SERVER)
                        .phase(Phase.RESPONSE)
                        .decidedAt(last.exchange().responseFirst().timeNanos())
                        .hint(
                                hops.size()
                                        + " redirects"
                                        + (most > 1
                                                ? ", "
                                                        + most
                                                        + " of them for the same "
                                                        + last.exchange().describe()
                                                : "")
                                        + ": they lead to "
                                        + shorten(last.location())
                                        + " again and again")
                        .detail("Every answer is a redirect; following them never ends.")
                        .evidencePackets("the redirects", packets)
                        .build());
    }

    private static void portal(RequestStory story, List<Hop> hops, List<Assessment> found) {
        for (Hop hop : hops) {
            boolean answersForNetwork = hop.exchange().status() == NETWORK_AUTHENTICATION_REQUIRED;
            Matcher matcher = HOST.matcher(hop.location());
            if (!matcher.matches() && !answersForNetwork) {
                continue;
            }
            String target = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
            String asked = hop.exchange().request().host().orElse("");
            boolean foreign = !target.isEmpty() && !sameSite(target, asked);
            if (!answersForNetwork && !foreign) {
                continue;
            }
            List<String> clues = new ArrayList<>();
            if (answersForNetwork) {
                clues.add("status 511 Network Authentication Required");
            }
            if (matcher.matches() && SIGN_IN.matcher(target + matcher.group(2)).find()) {
                clues.add("it leads to a sign-in page");
            }
            IpAddress.parse(target).ifPresent(a -> clues.add("it leads to the bare address " + a));
            story.scene().names().addressesOf(target).stream()
                    .filter(RedirectRule::isPrivate)
                    .findFirst()
                    .ifPresent(a -> clues.add("it leads to the private address " + a));
            boolean content = story.question().says(Complaint.CONTENT_COMPLAINT);
            int weight = clues.size() + (content ? 1 : 0);
            if (clues.isEmpty() || weight < 2 && !answersForNetwork) {
                continue;
            }
            found.add(
                    Finding.of(Cause.HTTP_CAPTIVE_PORTAL)
                            .strength(weight > 2 || answersForNetwork ? 0.95 : 0.88)
                            .phase(Phase.RESPONSE)
                            .decidedAt(story.question().occurredNanos())
                            .hint(
                                    asked
                                            + " was answered with a redirect to "
                                            + shorten(hop.location())
                                            + ": a captive portal, not the server")
                            .detail(
                                    "The answer sends the client to another site than the one asked, as"
                                            + " access points do until somebody signs in: "
                                            + String.join("; ", clues)
                                            + ".")
                            .evidencePacket("the request", hop.exchange().requestFirst())
                            .evidencePacket(
                                    "the redirect: " + String.join("; ", clues),
                                    hop.exchange().responseFirst())
                            .build());
            return;
        }
    }

    private static boolean isPrivate(IpAddress address) {
        if (address.v6()) {
            return (address.high() >>> 57) == 0x7E;
        }
        long low = address.low();
        return (low >>> 24) == 10 || (low >>> 20) == 0xAC1 || (low >>> 16) == 0xC0A8;
    }

    /** Whether two hosts share their last two labels. */
    private static boolean sameSite(String one, String other) {
        return site(one).equals(site(other));
    }

    private static String site(String host) {
        String bare = host.replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
        String[] labels = bare.split("\\.");
        return labels.length <= 2
                ? bare
                : labels[labels.length - 2] + "." + labels[labels.length - 1];
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
