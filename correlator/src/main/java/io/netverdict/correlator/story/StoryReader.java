package io.netverdict.correlator.story;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.probe.ProbeReport;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.Session;
import io.netverdict.correlator.session.SessionReader;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Picks out of a scene what belongs to a request: by addresses and ports told, by the names the
 * connections were made for, by DNS answers, by redirects, by time.
 */
public final class StoryReader {
    private static final Pattern LOCATION_HOST =
            Pattern.compile("(?i)^https?://(\\[[^\\]]+]|[^/:?#\\s]+)");
    private static final int MAX_REDIRECT_ROUNDS = 12;
    private static final int DNS_PORT = 53;

    /** The story of a request. */
    public RequestStory read(Question question, Scene scene) {
        List<Session> sessions = new ArrayList<>();
        for (TcpConnection connection : scene.connections()) {
            boolean inTime =
                    connection.lastNanos() >= question.windowFromNanos()
                            && connection.firstNanos() <= question.deadlineNanos();
            if (inTime && connection.server().port() != DNS_PORT) {
                sessions.add(SessionReader.read(connection));
            }
        }
        Set<String> hosts = new LinkedHashSet<>(question.hosts());
        boolean identified =
                !hosts.isEmpty() || question.local().isPresent() || question.remote().isPresent();
        List<Attempt> attempts = List.of();
        for (int round = 0; round < MAX_REDIRECT_ROUNDS; round++) {
            attempts = attempts(question, scene, sessions, hosts, identified);
            Set<String> redirects = redirectTargets(attempts, question);
            if (hosts.isEmpty() || !hosts.addAll(redirects)) {
                break;
            }
        }
        return new RequestStory(
                question,
                scene,
                attempts,
                lookups(question, scene, hosts, attempts),
                hosts,
                identified,
                HostContext.NONE.withClock(PeerDates.clock(sessions)),
                ProbeReport.NONE);
    }

    private static List<Attempt> attempts(
            Question question,
            Scene scene,
            List<Session> sessions,
            Set<String> hosts,
            boolean identified) {
        Set<IpAddress> targets = new LinkedHashSet<>();
        hosts.forEach(host -> targets.addAll(scene.names().addressesOf(host)));
        Set<IpAddress> proxies = new LinkedHashSet<>();
        question.proxyHost().ifPresent(p -> proxies.addAll(scene.names().addressesOf(p)));
        List<Attempt> attempts = new ArrayList<>();
        for (Session session : sessions) {
            boolean toProxy = toProxy(question, session, proxies);
            double belonging = belonging(question, session, hosts, targets, toProxy, identified);
            if (belonging > 0) {
                attempts.add(
                        new Attempt(
                                new ConnectionCase(session, question, scene, toProxy), belonging));
            }
        }
        return attempts;
    }

    private static boolean toProxy(Question question, Session session, Set<IpAddress> proxies) {
        if (session.tunnel().isPresent()) {
            return true;
        }
        Endpoint server = session.tcp().server();
        OptionalInt port = question.proxyPort();
        boolean portFits = port.isEmpty() || port.getAsInt() == server.port();
        if (proxies.contains(server.address())) {
            return portFits;
        }
        boolean absolute =
                session.exchanges().stream()
                        .anyMatch(e -> e.request() != null && e.request().target().contains("://"));
        return absolute
                || question.proxyHost().isPresent()
                        && proxies.isEmpty()
                        && port.isPresent()
                        && portFits;
    }

    private static double belonging(
            Question question,
            Session session,
            Set<String> hosts,
            Set<IpAddress> targets,
            boolean toProxy,
            boolean identified) {
        Endpoint server = session.tcp().server();
        Endpoint client = session.tcp().client();
        if (question.local().isPresent() && question.local().get().port() > 0) {
            boolean same = question.local().get().equals(client);
            boolean remoteFits =
                    question.remote().isEmpty()
                            || question.remote().get().port() == 0
                            || question.remote().get().equals(server);
            if (same) {
                return remoteFits ? 1 : 0.8;
            }
        }
        boolean named = session.names().stream().anyMatch(hosts::contains);
        // An address in the URL says nothing about the name that the connection is made for.
        boolean namesAsked = hosts.stream().anyMatch(h -> IpAddress.parse(h).isEmpty());
        boolean misnamed = !named && !session.names().isEmpty() && namesAsked;
        boolean address = targets.contains(server.address());
        boolean port = question.port().isEmpty() || question.port().getAsInt() == server.port();
        double weight = 0;
        if (question.remote().isPresent() && question.remote().get().equals(server)) {
            weight = 0.9;
        } else if (toProxy && question.proxyHost().isPresent()) {
            weight = named ? 0.95 : session.names().isEmpty() ? 0.85 : hosts.isEmpty() ? 0.7 : 0;
        } else if (question.proxyHost().isPresent() && !toProxy) {
            weight = named || address ? 0.3 : 0;
        } else if (named) {
            weight = port || redirected(question, session) ? 0.95 : 0.3;
        } else if (address) {
            weight = port ? 0.9 : 0.3;
        } else if (!identified) {
            weight = 0.5;
        } else if (!hosts.isEmpty() && targets.isEmpty()) {
            weight = port && !misnamed ? 0.4 : 0;
        }
        if (isOtherRequest(question, session)) {
            weight *= 0.4;
        }
        if (misnamed && !toProxy) {
            // The same address serves other names too.
            weight *= 0.3;
        }
        if (question.local().isPresent() && question.local().get().port() > 0) {
            weight *= 0.3;
        }
        return weight;
    }

    /** All requests on it are for other paths and were answered well: somebody else's. */
    private static boolean isOtherRequest(Question question, Session session) {
        if (question.path().isEmpty() || session.exchanges().isEmpty()) {
            return false;
        }
        return session.exchanges().stream()
                .allMatch(
                        e ->
                                e.request() != null
                                        && !e.request().isConnect()
                                        && !ConnectionCase.targetMatches(
                                                e.request().target(), question.path().get())
                                        && e.completion() == Exchange.Completion.COMPLETE
                                        && e.status() >= 200
                                        && e.status() < 300
                                        && session.names().stream()
                                                .anyMatch(question.hosts()::contains));
    }

    private static boolean redirected(Question question, Session session) {
        return session.names().stream().noneMatch(question.hosts()::contains);
    }

    private static Set<String> redirectTargets(List<Attempt> attempts, Question question) {
        Set<String> targets = new LinkedHashSet<>();
        for (Attempt attempt : attempts) {
            for (Exchange exchange : attempt.connection().session().exchanges()) {
                boolean redirect = exchange.status() >= 300 && exchange.status() < 400;
                boolean inTime =
                        exchange.startedNanos() >= question.windowFromNanos()
                                && exchange.startedNanos() <= question.deadlineNanos();
                if (attempt.belonging() < 0.5 || !redirect || !inTime) {
                    continue;
                }
                exchange.response()
                        .header("Location")
                        .map(LOCATION_HOST::matcher)
                        .filter(Matcher::find)
                        .map(m -> m.group(1).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""))
                        .ifPresent(targets::add);
            }
        }
        return targets;
    }

    private static List<DnsQuery> lookups(
            Question question, Scene scene, Set<String> hosts, List<Attempt> attempts) {
        List<DnsQuery> lookups = new ArrayList<>();
        for (DnsQuery query : scene.dnsQueries()) {
            boolean inTime =
                    query.sentNanos() >= question.windowFromNanos()
                            && query.sentNanos() <= question.deadlineNanos();
            boolean wanted =
                    hosts.isEmpty()
                            || hosts.contains(query.name())
                            || question.proxyHost().map(query.name()::equals).orElse(false)
                            || hosts.stream().anyMatch(h -> query.name().startsWith(h + "."));
            if (inTime
                    && wanted
                    && (query.type() == 1 || query.type() == 28 || query.type() == 65)) {
                lookups.add(query);
            }
        }
        return lookups;
    }
}
