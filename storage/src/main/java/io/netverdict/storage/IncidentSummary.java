package io.netverdict.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts over all incidents that a query asks for.
 *
 * @param total how many, those still collecting included
 * @param firstAt receipt of the oldest; null for none
 * @param lastAt receipt of the newest; null for none
 * @param bucketSeconds length of the timeline's steps
 * @param groups @Nullable same cause, same host; the most frequent first, at most {@link
 *     #MAX_GROUPS}
 * @param groupsTotal how many there are
 * @param timeline how often each cause struck in each step, those of no incident left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentSummary(
        long total,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        long bucketSeconds,
        List<Group> groups,
        int groupsTotal,
        List<Step> timeline) {
    public static final int MAX_GROUPS = 500;

    public IncidentSummary {
        groups = List.copyOf(groups);
        timeline = List.copyOf(timeline);
    }

    /**
     * Incidents of the @Nullable same cause, blame and host.
     *
     * @param cause null for those still collecting
     * @param host null where the reports name none
     * @param latestId one of those received last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Group(
            @Nullable String cause,
            @Nullable String blame,
            @Nullable String host,
            long count,
            Instant firstAt,
            Instant lastAt,
            String latestId) {}

    /**
     * Incidents of one cause and blame in one step of time.
     *
     * @param at the step's beginning
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(Instant at, @Nullable String cause, @Nullable String blame, long count) {}
}
