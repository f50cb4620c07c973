package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.context.FirewallContext;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Answers arrive and a local firewall drops them: recorders see packets before it does, the client
 * never does.
 */
final class InputRefusal implements Corroborator {
    private static final Set<Cause> ABOUT =
            EnumSet.of(
                    Cause.TCP_HANDSHAKE_INCOMPLETE,
                    Cause.TCP_SYN_NO_RESPONSE,
                    Cause.TCP_RESET_BY_OWN_HOST,
                    Cause.DNS_NO_RESPONSE);

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        if (!ABOUT.contains(finding.cause())) {
            return finding;
        }
        List<FirewallContext> rules =
                story.context().firewall().stream()
                        .filter(rule -> !rule.hook().equals("output") && rule.packets() > 0)
                        .filter(rule -> concerns(rule, story))
                        .toList();
        if (rules.isEmpty()) {
            return finding;
        }
        List<Evidence> facts =
                rules.stream().map(LocalRefusal::refused).map(Corroboration::evidence).toList();
        boolean answered =
                attempt != null
                        && !attempt.connection().tcp().toClient().segments().isEmpty()
                        && finding.cause() == Cause.TCP_HANDSHAKE_INCOMPLETE;
        Finding told = finding.withEvidence(facts);
        return answered ? told.withBlame(Blame.CLIENT) : told;
    }

    private static boolean concerns(FirewallContext rule, RequestStory story) {
        boolean namesPort = rule.text().contains("tcp sport ");
        return !namesPort
                || story.question().port().isPresent()
                        && rule.text()
                                .matches(
                                        ".*tcp sport "
                                                + story.question().port().getAsInt()
                                                + "\\b.*");
    }
}
