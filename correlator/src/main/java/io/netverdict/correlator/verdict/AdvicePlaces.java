package io.netverdict.correlator.verdict;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.story.RequestStory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the capital words of advice ({@code HOST}, {@code ADDRESS}, {@code PORT}, {@code RESOLVER},
 * {@code PROXY}, {@code URL}) with what a story knows, so that its commands can be typed as they
 * stand; a word that is not known stays.
 *
 * <p>Values come from the network and from error texts: only those that mean nothing to a shell are
 * filled in.
 */
final class AdvicePlaces {
    private static final Pattern PLACE =
            Pattern.compile("\\b(?:HOST|ADDRESS|PORT|RESOLVER|PROXY|URL)\\b");
    private static final Pattern HARMLESS =
            Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9._:/\\[\\]%-]{0,199}");

    private final Map<String, String> values = new HashMap<>();

    AdvicePlaces(Judge.Decision decision, RequestStory story) {
        Question question = story.question();
        if (!question.hosts().isEmpty()) {
            put("HOST", question.hostForText());
        }
        question.port().ifPresent(port -> put("PORT", Integer.toString(port)));
        if (question.report().url() != null) {
            put("URL", question.report().url());
        }
        if (decision.attempt() != null) {
            connection(decision.attempt().connection());
        }
        resolver(decision, story.lookups());
    }

    private void connection(ConnectionCase connection) {
        Endpoint server = connection.tcp().server();
        if (!connection.toProxy()) {
            put("ADDRESS", server.address().toString());
            put("PORT", Integer.toString(server.port()));
            return;
        }
        put("PROXY", server.toString());
        if (!connection.tunnelled()) {
            put("ADDRESS", server.address().toString());
            put("PORT", Integer.toString(server.port()));
        } else if (values.containsKey("HOST")) {
            put("ADDRESS", values.get("HOST"));
        }
    }

    private void resolver(Judge.Decision decision, List<DnsQuery> lookups) {
        if (decision.finding().phase() != Phase.RESOLVE) {
            return;
        }
        List<Long> cited =
                decision.finding().evidence().stream().flatMap(e -> e.frames().stream()).toList();
        for (DnsQuery query : lookups) {
            if (cited.contains(query.packet().number())) {
                put("RESOLVER", query.server().address().toString());
                put("HOST", query.name());
            }
        }
    }

    private void put(String place, String value) {
        if (HARMLESS.matcher(value).matches()) {
            values.put(place, value);
        }
    }

    List<String> fill(List<String> advice) {
        return advice.stream().map(this::fill).toList();
    }

    private String fill(String line) {
        return PLACE.matcher(line)
                .replaceAll(
                        place ->
                                Matcher.quoteReplacement(
                                        values.getOrDefault(place.group(), place.group())));
    }
}
