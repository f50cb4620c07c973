package io.netverdict.correlator.story;

import io.netverdict.correlator.finding.Assessment;
import java.util.List;

/** Looks for a cause that no single connection shows. Stateless. */
@FunctionalInterface
public interface StoryRule {
    List<Assessment> assess(RequestStory story);
}
