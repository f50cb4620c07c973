package io.netverdict.correlator.story;

import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.probe.ProbeReport;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import java.util.List;
import java.util.Set;

/**
 * What a request did: its lookups and its connections, by time. Immutable.
 *
 * @param attempts connections that belong to the request, each with how surely
 * @param lookups queries for its hosts (and its proxy) in its time
 * @param hosts names it was for, redirect targets among them
 * @param identified whether host or addresses were known; otherwise attempts are all there are
 * @param context what the machine knew of itself at the time
 * @param probes what was found by asking the same hosts afterwards
 */
public record RequestStory(
        Question question,
        Scene scene,
        List<Attempt> attempts,
        List<DnsQuery> lookups,
        Set<String> hosts,
        boolean identified,
        HostContext context,
        ProbeReport probes) {

    /** A story of which nothing but packets is known. */
    public RequestStory(
            Question question,
            Scene scene,
            List<Attempt> attempts,
            List<DnsQuery> lookups,
            Set<String> hosts,
            boolean identified) {
        this(
                question,
                scene,
                attempts,
                lookups,
                hosts,
                identified,
                HostContext.NONE,
                ProbeReport.NONE);
    }

    /**
     * A connection of the request.
     *
     * @param belonging 0 to 1: how surely it is the request's
     */
    public record Attempt(ConnectionCase connection, double belonging) {}

    public RequestStory {
        attempts = List.copyOf(attempts);
        lookups = List.copyOf(lookups);
        hosts = Set.copyOf(hosts);
    }

    /** This story, with what the machine knew of itself beside what the packets say of it. */
    public RequestStory with(HostContext known) {
        return new RequestStory(
                question,
                scene,
                attempts,
                lookups,
                hosts,
                identified,
                known.withClock(context.clock()),
                probes);
    }

    /** This story, with what probes found. */
    public RequestStory with(ProbeReport found) {
        return new RequestStory(
                question, scene, attempts, lookups, hosts, identified, context, found);
    }
}
