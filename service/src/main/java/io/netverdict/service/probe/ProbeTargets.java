package io.netverdict.service.probe;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.QuestionReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom an error is about: nobody else is probed. Immutable.
 *
 * @param host asked for, a name or an address; null where unknown
 * @param port of the host
 * @param tls whether the host is spoken to by TLS
 * @param proxy that the client dialled, a name or an address; null without
 * @param proxyPort of the proxy
 * @param endpoints known to have been dialled, or named; may be empty
 * @param addresses that names were resolved to
 * @param nameServers that were asked
 */
record ProbeTargets(
        String host,
        int port,
        boolean tls,
        String proxy,
        int proxyPort,
        List<Endpoint> endpoints,
        List<IpAddress> addresses,
        List<Endpoint> nameServers) {
    static final int MAX_ENDPOINTS = 4;

    private static final Pattern ENDPOINT = Pattern.compile("\\[?([0-9A-Fa-f:.]+?)]?:(\\d{1,5})");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:-]{1,253}");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int PROXY = 3128;

    ProbeTargets {
        endpoints = List.copyOf(endpoints);
        addresses = List.copyOf(addresses);
        nameServers = List.copyOf(nameServers);
    }

    /** The targets of what was found out so far. */
    static ProbeTargets of(Diagnosis diagnosis) {
        Question question = new QuestionReader().read(diagnosis.error(), 0);
        String host =
                question.hosts().stream().filter(ProbeTargets::isHost).findFirst().orElse(null);
        String scheme = question.scheme().orElse("");
        int port =
                question.port()
                        .orElseGet(
                                () ->
                                        question.remote()
                                                .map(Endpoint::port)
                                                .filter(p -> p > 0)
                                                .orElse(scheme.equals("http") ? HTTP : HTTPS));
        boolean tls =
                scheme.equals("https")
                        || scheme.isEmpty() && port == HTTPS
                        || diagnosis.operations().stream()
                                .anyMatch(o -> o.kind() == OperationKind.TLS);
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        question.remote().filter(r -> r.port() > 0).ifPresent(endpoints::add);
        Set<IpAddress> addresses = new LinkedHashSet<>();
        Set<Endpoint> servers = new LinkedHashSet<>();
        for (Operation operation : diagnosis.operations()) {
            if (operation.kind() == OperationKind.CONNECT) {
                endpoint(operation.target()).ifPresent(endpoints::add);
            } else if (operation.kind() == OperationKind.RESOLVE) {
                strings(operation, "answers")
                        .forEach(a -> IpAddress.parse(a).ifPresent(addresses::add));
                strings(operation, "servers").forEach(s -> endpoint(s).ifPresent(servers::add));
            }
        }
        Optional<String> proxy = question.proxyHost().filter(ProbeTargets::isHost);
        return new ProbeTargets(
                host,
                port,
                tls,
                proxy.orElse(null),
                question.proxyPort().orElse(PROXY),
                endpoints.stream().filter(e -> isPeer(e.address())).limit(MAX_ENDPOINTS).toList(),
                addresses.stream().filter(ProbeTargets::isPeer).toList(),
                List.copyOf(servers));
    }

    /** These with more addresses of the dialled name, which go first. */
    ProbeTargets withAddresses(List<IpAddress> more) {
        Set<IpAddress> all = new LinkedHashSet<>();
        more.stream().filter(ProbeTargets::isPeer).forEach(all::add);
        all.addAll(addresses);
        return new ProbeTargets(
                host, port, tls, proxy, proxyPort, endpoints, List.copyOf(all), nameServers);
    }

    /** Whether there is anybody to be asked. */
    boolean isEmpty() {
        return host == null && proxy == null && endpoints.isEmpty();
    }

    /** The name or address that is dialled: the proxy's, where there is one. */
    String dialled() {
        return proxy != null ? proxy : host;
    }

    int dialledPort() {
        return proxy != null ? proxyPort : port;
    }

    /** Every host concerned, for the limits. */
    Set<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        if (host != null) {
            hosts.add(host);
        }
        if (proxy != null) {
            hosts.add(proxy);
        }
        if (hosts.isEmpty()) {
            endpoints.forEach(e -> hosts.add(e.address().toString()));
        }
        return hosts;
    }

    /** Whether an address can be somebody's: never a broadcast or a multicast group. */
    static boolean isPeer(IpAddress address) {
        boolean broadcast = !address.v6() && address.low() == 0xFFFF_FFFFL;
        return !broadcast && !address.isMulticast() && !address.isUnspecified();
    }

    /** What goes into a query and into CONNECT is of the letters that hosts have. */
    private static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    private static List<String> strings(Operation operation, String key) {
        return operation.detail().get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    static Optional<Endpoint> endpoint(String text) {
        Matcher matcher = ENDPOINT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return port < 1 || port > 0xFFFF
                ? Optional.empty()
                : IpAddress.parse(matcher.group(1)).map(a -> new Endpoint(a, port));
    }
}
