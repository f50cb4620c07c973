package io.netverdict.correlator.errortext;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds address literals, with their ports and roles. */
final class AddressFinder {

    private static final String IP =
            "(?:\\[[0-9A-Fa-f:.]{2,45}(?:%\\w{1,16})?\\]|\\d{1,3}(?:\\.\\d{1,3}){3})";
    private static final String BARE_IP = "[0-9A-Fa-f:.]{2,45}(?:%\\w{1,16})?";

    /** What the address and port of a match are to the connection. */
    private enum Role {
        LOCAL,
        REMOTE,
        DNS_SERVER
    }

    /** Groups 1 and 2 are address and port. */
    private record Place(Role role, Pattern pattern) {
        static Place of(Role role, String expression) {
            return new Place(role, Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
        }
    }

    private static final List<Place> PLACES =
            List.of(
                    // Go
                    Place.of(Role.DNS_SERVER, "lookup [^\\s]{1,255} on (" + IP + "):(\\d{1,5})"),
                    Place.of(
                            Role.REMOTE,
                            "dial (?:tcp|udp)[46]?:? (" + IP + "):(\\d{1,5})(?!\\d|->)"),
                    // curl, PHP, BusyBox
                    Place.of(Role.REMOTE, "connect to \\[?(" + BARE_IP + ")\\]? port (\\d{1,5})"),
                    Place.of(Role.REMOTE, "remote host \\((" + IP + ")()\\)"),
                    // wget
                    Place.of(Role.REMOTE, "\\|(" + BARE_IP + ")\\|:(\\d{1,5})"),
                    // Node: the port follows the last colon, also of a bare IPv6 address
                    Place.of(
                            Role.REMOTE,
                            "\\b(?:connect|read|write) E[A-Z]{3,20} ("
                                    + BARE_IP
                                    + "):(\\d{1,5})\\b"),
                    Place.of(Role.LOCAL, "- local \\((" + BARE_IP + "):(\\d{1,5})\\)"),
                    Place.of(
                            Role.REMOTE,
                            "\\baddress: '(" + BARE_IP + ")'[^}]{0,80}\\bport: (\\d{1,5})"),
                    Place.of(
                            Role.LOCAL,
                            "localAddress: '(" + BARE_IP + ")'[^}]{0,80}localPort: (\\d{1,5})"),
                    Place.of(
                            Role.REMOTE,
                            "remoteAddress: '(" + BARE_IP + ")'[^}]{0,80}remotePort: (\\d{1,5})"),
                    Place.of(Role.REMOTE, "attempted address(?:es)?: (" + IP + "):(\\d{1,5})"),
                    // OkHttp
                    Place.of(Role.REMOTE, "(?<!from )/(" + BARE_IP + ") \\(port (\\d{1,5})\\)"),
                    Place.of(Role.LOCAL, "from /(" + BARE_IP + ") \\(port (\\d{1,5})\\)"),
                    // Netty
                    Place.of(Role.LOCAL, "L:/(" + IP + "|" + BARE_IP + "):(\\d{1,5})"),
                    Place.of(
                            Role.REMOTE,
                            "R:[^\\s/]{0,255}/(" + IP + "|" + BARE_IP + "):(\\d{1,5})"),
                    Place.of(
                            Role.REMOTE,
                            "(?<!L:)(?<=[\\w.\\s-])/(" + IP + "|" + BARE_IP + "):(\\d{1,5})\\b"),
                    // Python
                    Place.of(Role.REMOTE, "\\('(" + BARE_IP + ")', (\\d{1,5})"),
                    Place.of(Role.REMOTE, "connection to (" + IP + ")() timed out"),
                    // Apache HttpClient 5: the addresses tried, in brackets after host and port
                    Place.of(
                            Role.REMOTE,
                            "connect to [^\\s]{1,300} \\[[^\\]/]{0,255}/("
                                    + BARE_IP
                                    + ")()[\\],]"));

    private static final Pattern ARROW =
            Pattern.compile("(tcp|udp)[46]? (" + IP + "|:):?(\\d{0,5})->(" + IP + "):(\\d{1,5})");
    private static final Pattern WITH_PORT =
            Pattern.compile("(?<![\\w.:])(" + IP + "):(\\d{1,5})\\b(?!\\.\\d)");
    private static final Pattern WITHOUT_PORT =
            Pattern.compile(
                    "(?<![\\w.:%-])(\\d{1,3}(?:\\.\\d{1,3}+){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{2,40}+)"
                            + "(?!\\w|[.:]\\w)");
    private static final int DNS_PORT = 53;

    private Optional<Endpoint> local = Optional.empty();
    private Optional<Endpoint> remote = Optional.empty();
    private Optional<Endpoint> dnsServer = Optional.empty();
    private Optional<Endpoint> dnsClient = Optional.empty();

    private AddressFinder() {}

    static MentionedAddresses find(ErrorText text) {
        return new AddressFinder().search(text);
    }

    private MentionedAddresses search(ErrorText text) {
        String words = text.text();
        boolean resolving = text.lower().contains("lookup ") || text.lower().contains("dns");
        for (Place place : PLACES) {
            Matcher matcher = place.pattern().matcher(words);
            while (matcher.find()) {
                Optional<Endpoint> found = endpoint(matcher.group(1), matcher.group(2));
                if (found.isPresent()) {
                    take(place.role(), found, resolving);
                }
            }
        }
        Matcher arrow = ARROW.matcher(words);
        while (arrow.find()) {
            Optional<Endpoint> from = endpoint(arrow.group(2), arrow.group(3));
            Optional<Endpoint> to = endpoint(arrow.group(4), arrow.group(5));
            boolean query = resolving && (arrow.group(1).equals("udp") || isDns(to)) || isDns(to);
            if (query) {
                dnsClient = from.or(() -> dnsClient);
                dnsServer = to.or(() -> dnsServer);
            } else {
                local = from.or(() -> local);
                remote = to.or(() -> remote);
            }
        }
        List<Endpoint> all = all(words);
        if (remote.isEmpty()) {
            List<Optional<Endpoint>> claimed = List.of(local, dnsServer, dnsClient);
            List<Endpoint> unclaimed =
                    all.stream()
                            .filter(e -> e.port() != 0)
                            .filter(e -> !claimed.contains(Optional.of(e)))
                            .toList();
            remote = unclaimed.size() == 1 ? Optional.of(unclaimed.get(0)) : Optional.empty();
        }
        return new MentionedAddresses(local, remote, dnsServer, dnsClient, all);
    }

    private void take(Role role, Optional<Endpoint> found, boolean resolving) {
        if (role == Role.LOCAL) {
            local = found;
        } else if (role == Role.DNS_SERVER || resolving && isDns(found)) {
            dnsServer = found;
        } else {
            remote = found;
        }
    }

    private List<Endpoint> all(String words) {
        Set<Endpoint> all = new LinkedHashSet<>();
        Matcher withPort = WITH_PORT.matcher(words);
        while (withPort.find()) {
            endpoint(withPort.group(1), withPort.group(2)).ifPresent(all::add);
        }
        for (Optional<Endpoint> known : List.of(local, remote, dnsServer, dnsClient)) {
            known.ifPresent(all::add);
        }
        Matcher withoutPort = WITHOUT_PORT.matcher(words);
        while (withoutPort.find()) {
            endpoint(withoutPort.group(1), "")
                    .filter(e -> !e.address().isUnspecified())
                    .filter(e -> all.stream().noneMatch(a -> a.address().equals(e.address())))
                    .ifPresent(all::add);
        }
        return new ArrayList<>(all);
    }

    private static boolean isDns(Optional<Endpoint> endpoint) {
        return endpoint.isPresent() && endpoint.get().port() == DNS_PORT;
    }

    private static Optional<Endpoint> endpoint(String address, String port) {
        int number = port.isEmpty() ? 0 : Integer.parseInt(port);
        if (number > 0xFFFF) {
            return Optional.empty();
        }
        return IpAddress.parse(address)
                .filter(a -> !(a.isUnspecified() && number == 0))
                .map(a -> new Endpoint(a, number));
    }
}
