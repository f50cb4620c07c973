package io.netverdict.correlator.verdict;

import io.netverdict.correlator.model.Cause;
import java.util.List;

/**
 * What to check or change for each cause, most promising first. Code and no resource, which would
 * take a short command longer to find and to read than its verdict to make.
 */
public final class Advice {
    private Advice() {}

    /** The advice for a cause; never empty. */
    public static List<String> of(Cause cause) {
        return switch (cause) {
            case DNS_NO_RESPONSE ->
                    List.of(
                            "Ask the name server directly: dig @RESOLVER HOST +tries=1 "
                                    + "+time=2",
                            "Look for a firewall between client and name server that drops "
                                    + "UDP port 53; try dig +tcp as well",
                            "Configure a second name server that answers (resolvectl status, "
                                    + "/etc/resolv.conf)");
            case DNS_NXDOMAIN ->
                    List.of(
                            "Check the spelling of the host name in the URL",
                            "Ask the domain's own servers: dig HOST +trace; create the "
                                    + "record if it is missing there",
                            "Check that the client asks the right name server (split "
                                    + "horizon, VPN, search domains: resolvectl query HOST)");
            case DNS_NO_ADDRESS ->
                    List.of(
                            "Look for the records: dig HOST A; dig HOST AAAA; add the one "
                                    + "that is missing",
                            "Check whether an alias (CNAME) on the way leads to a name "
                                    + "without an address",
                            "Check whether the record lives only in another DNS view (VPN, "
                                    + "internal zone)");
            case DNS_SERVER_FAILURE ->
                    List.of(
                            "Ask another resolver, then without DNSSEC: dig @OTHER HOST; dig "
                                    + "@RESOLVER HOST +cd (an answer with +cd means that DNSSEC is "
                                    + "broken)",
                            "Check that the domain's authoritative servers answer: dig HOST "
                                    + "+trace",
                            "Read the resolver's own log at that time");
            case DNS_REFUSED ->
                    List.of(
                            "Check the resolver's access list for this client's address "
                                    + "(allow-query, allow-recursion, access-control)",
                            "Configure a resolver that serves this network (resolvectl "
                                    + "status, /etc/resolv.conf)");
            case DNS_UNREACHABLE ->
                    List.of(
                            "Check that a name server runs on the configured address: dig "
                                    + "@RESOLVER HOST; on it: ss -lunp 'sport = :53'",
                            "Correct the name server's address in /etc/resolv.conf, "
                                    + "systemd-resolved or DHCP",
                            "Where a router answered (host or net unreachable), check the "
                                    + "route: ip route get RESOLVER");
            case DNS_TRUNCATED_NO_TCP ->
                    List.of(
                            "Try it over TCP: dig @RESOLVER HOST +tcp; allow TCP port 53 to "
                                    + "the name server through firewalls",
                            "Make the answer smaller (fewer records), or allow larger EDNS "
                                    + "answers over UDP");
            case DNS_SLOW ->
                    List.of(
                            "Find the slow name server: dig @EACH-RESOLVER HOST, and remove "
                                    + "or repair the one that is silent",
                            "Lower the resolver's patience (options timeout:1 attempts:2 "
                                    + "rotate in /etc/resolv.conf), or use a local cache",
                            "Give the client more time for the whole request");
            case TCP_SYN_NO_RESPONSE ->
                    List.of(
                            "Check firewalls, security groups and network policies on the "
                                    + "way for this address and port",
                            "Check that the host is up and that the address is its current "
                                    + "one (ping ADDRESS; dig HOST)",
                            "See how far the SYN gets: traceroute -T -p PORT ADDRESS; record "
                                    + "on the server's side whether it arrives");
            case TCP_REFUSED ->
                    List.of(
                            "Check on the server that the service runs and listens there: ss "
                                    + "-ltnp 'sport = :PORT' (not on 127.0.0.1 only)",
                            "Check for a firewall rule that rejects with a reset",
                            "Check that the name resolves to the right host, and that the "
                                    + "URL's port is right");
            case TCP_UNREACHABLE ->
                    List.of(
                            "Check the route at the router that reported, and on the client: "
                                    + "ip route get ADDRESS",
                            "Check that the destination is up and its address is right",
                            "Where the port is reported unreachable, look for a firewall "
                                    + "that rejects with ICMP");
            case TCP_ADMIN_PROHIBITED ->
                    List.of(
                            "Ask whoever runs the reporting firewall to allow this "
                                    + "destination and port",
                            "Check whether the destination is meant to be reached another "
                                    + "way, for example through the proxy or a VPN");
            case TCP_HANDSHAKE_INCOMPLETE ->
                    List.of(
                            "Look for a stateful firewall or asymmetric routing that drops "
                                    + "what follows the SYN",
                            "Check the server's accept queue and load: ss -ltn 'sport = "
                                    + ":PORT' (Recv-Q at Send-Q means full); nstat -az "
                                    + "TcpExtListenOverflows",
                            "Look for a load balancer or SYN proxy that answers in the name "
                                    + "of a server which is down");
            case PATH_TTL_EXCEEDED ->
                    List.of(
                            "Run traceroute -n ADDRESS and repair the routing loop it shows, "
                                    + "between the routers that repeat",
                            "Check recent routing changes at the routers that reported");
            case LINK_NEIGHBOR_UNRESOLVED ->
                    List.of(
                            "Check that the device or gateway is powered, and plugged into "
                                    + "the same network: ip neigh show; arping -I INTERFACE ADDRESS",
                            "Check the client's address, netmask and default gateway: ip "
                                    + "addr; ip route",
                            "Check VLAN and port of the switch, and that no other host took "
                                    + "the address");
            case CLIENT_NOTHING_SENT ->
                    List.of(
                            "Check the way out on the client: ip route get ADDRESS; nft list "
                                    + "ruleset or iptables -S OUTPUT",
                            "Check what may be used up: ports (ss -s), descriptors (ulimit "
                                    + "-n), the client's connection pool",
                            "Restart the client if it keeps a failed lookup or connection in "
                                    + "a cache",
                            "Check that the recorder watches the interface that the route "
                                    + "names");
            case TCP_RESET_BY_PEER ->
                    List.of(
                            "Look into the server's log at that time: a crash, an abort, or "
                                    + "a limit on size, time or rate",
                            "Check the limits and time-outs of the load balancer or reverse "
                                    + "proxy that holds this address",
                            "Record on the server to see whether its program or its kernel "
                                    + "sends the reset");
            case TCP_RESET_BY_MIDDLEBOX ->
                    List.of(
                            "Ask who filters on the path: firewall, intrusion prevention, "
                                    + "parental control, provider",
                            "Try the same request from another network, or through a VPN",
                            "Find the box: the reset's TTL tells its distance; compare with "
                                    + "traceroute -T -p PORT ADDRESS");
            case TCP_RESET_BY_OWN_HOST ->
                    List.of(
                            "Check conntrack on the client: conntrack -S (invalid, drop), "
                                    + "sysctl net.netfilter.nf_conntrack_count against nf_conntrack_max",
                            "Check local firewall rules that reject with tcp-reset; drop "
                                    + "INVALID packets instead of rejecting them",
                            "Set net.netfilter.nf_conntrack_tcp_be_liberal=1 where packets "
                                    + "arrive out of window");
            case TCP_STALE_CONNECTION ->
                    List.of(
                            "Let the client close idle connections sooner than the server or "
                                    + "load balancer does",
                            "Retry idempotent requests once, on a fresh connection",
                            "Raise the server's keep-alive time-out above the client's");
            case TCP_PEER_VANISHED ->
                    List.of(
                            "Find the NAT, firewall or VPN on the path that forgot the "
                                    + "connection, and its idle time-out",
                            "Enable TCP keep-alive with an interval shorter than that "
                                    + "time-out, or lower the client's idle connection lifetime",
                            "Check whether the server or the path went down at that moment "
                                    + "(reboot, failover, roaming)");
            case PATH_MTU_BLACKHOLE ->
                    List.of(
                            "Find the path's MTU: ping -M do -s 1472 ADDRESS, with smaller "
                                    + "sizes until it passes",
                            "Let ICMP fragmentation-needed (type 3 code 4) and "
                                    + "packet-too-big (ICMPv6 type 2) pass through firewalls",
                            "Clamp the MSS at the tunnel, VPN or PPPoE router, or lower the "
                                    + "interface's MTU",
                            "As a workaround on the sender: sysctl net.ipv4.tcp_mtu_probing=1");
            case PATH_MTU_EXCEEDED ->
                    List.of(
                            "Check that the sender's own firewall does not drop the ICMP "
                                    + "that tells it the MTU: nft list ruleset",
                            "Look at what the host remembers: ip route get ADDRESS (mtu); "
                                    + "flush it with ip route flush cache",
                            "Lower the interface's MTU to what the router reports, or clamp "
                                    + "the MSS there");
            case PATH_FRAGMENTS_LOST ->
                    List.of(
                            "Allow IP fragments through the firewalls on the path",
                            "Avoid them: a smaller MTU, a smaller EDNS buffer size (1232), "
                                    + "or a clamped MSS",
                            "Check the reassembly counters: nstat -az IpReasmFails "
                                    + "IpReasmTimeout");
            case PATH_PACKET_LOSS ->
                    List.of(
                            "Find the hop where loss begins: mtr -T -P PORT ADDRESS",
                            "Check link errors, duplex and Wi-Fi quality: ip -s link; "
                                    + "ethtool -S INTERFACE",
                            "Check for congestion or policing at the link's bandwidth at "
                                    + "that time");
            case TCP_ZERO_WINDOW ->
                    List.of(
                            "Find out why the receiving program stopped reading: a blocked "
                                    + "thread, a full disk, a slow consumer",
                            "Take a thread dump of the receiver (jstack PID) and look at its "
                                    + "socket: ss -tmi (a full receive buffer)");
            case CLIENT_ABORTED ->
                    List.of(
                            "Compare the client's time-out with the round trips that the "
                                    + "exchange needs, and raise it above them",
                            "Look in the caller's code for what cancelled the request: a "
                                    + "context, a deadline, a user, a shutdown");
            case TLS_NO_RESPONSE ->
                    List.of(
                            "Check that TLS is served on this port: openssl s_client "
                                    + "-connect ADDRESS:PORT -servername HOST",
                            "Check the server's load: its kernel acknowledges, its program "
                                    + "does not answer",
                            "Check the load balancer's health checks and its way to the back "
                                    + "ends");
            case TLS_HANDSHAKE_STALLED ->
                    List.of(
                            "Look at what the server waits for in the handshake: key "
                                    + "service, certificate status, a full worker pool",
                            "Repeat it and see where it stops: openssl s_client -connect "
                                    + "ADDRESS:PORT -servername HOST -state",
                            "Look into the server's log for this client at that time");
            case TLS_CLIENT_HELLO_DROPPED ->
                    List.of(
                            "Look for a filter on the path that inspects the server name: "
                                    + "repeat openssl s_client with another -servername",
                            "Try a smaller ClientHello, without the post-quantum key share: "
                                    + "openssl s_client -connect ADDRESS:PORT -groups X25519",
                            "Try from another network, and ask the operator of this one");
            case TLS_CLOSED_IN_HANDSHAKE ->
                    List.of(
                            "Check that the server or load balancer is set up for this name: "
                                    + "openssl s_client -connect ADDRESS:PORT -servername HOST",
                            "Look into the server's log at that time: a missing certificate, "
                                    + "an access list, a crash",
                            "Try from another network: filters for names close connections "
                                    + "in the server's name");
            case TLS_NOT_TLS ->
                    List.of(
                            "Check scheme and port of the URL: https to a TLS port, http to "
                                    + "a plain one",
                            "See what speaks there: curl -v http://HOST:PORT/ and openssl "
                                    + "s_client -connect HOST:PORT",
                            "Check whether a portal or a proxy answers in the server's place");
            case TLS_VERSION_MISMATCH ->
                    List.of(
                            "Find out what the server speaks: openssl s_client -connect "
                                    + "HOST:PORT -tls1_2, then -tls1_3",
                            "Enable TLS 1.2 or newer on the side that lacks it, or update "
                                    + "that side");
            case TLS_NO_SHARED_PARAMETERS ->
                    List.of(
                            "Compare cipher suites, groups and certificate types of both "
                                    + "sides: nmap --script ssl-enum-ciphers -p PORT HOST",
                            "Enable a common suite, or update the older side",
                            "Check that the server has a certificate at all for this name");
            case TLS_UNRECOGNIZED_NAME ->
                    List.of(
                            "Check the host name of the URL and of the client's SNI setting",
                            "Add a virtual host and a certificate for the name at the "
                                    + "server: openssl s_client -connect ADDRESS:PORT -servername HOST",
                            "Check that DNS leads to the right server: dig HOST");
            case TLS_CERTIFICATE_EXPIRED ->
                    List.of(
                            "Renew the server's certificate and reload the server; check the "
                                    + "renewal job (certbot renew --dry-run)",
                            "See what is served: openssl s_client -connect ADDRESS:PORT "
                                    + "-servername HOST </dev/null | openssl x509 -noout -dates",
                            "Check the client's clock (timedatectl)");
            case TLS_CERTIFICATE_NOT_YET_VALID ->
                    List.of(
                            "Set the client's clock: timedatectl; chronyc tracking",
                            "Check the certificate's notBefore, and that the issuer's clock "
                                    + "was right");
            case TLS_CERTIFICATE_NAME_MISMATCH ->
                    List.of(
                            "Use a name that the certificate covers, or issue one that "
                                    + "covers this host",
                            "Check that DNS leads to the right server: dig HOST",
                            "Check that the client sends the host's name (SNI), without "
                                    + "which a default certificate is served");
            case TLS_CERTIFICATE_UNTRUSTED ->
                    List.of(
                            "Check that the server sends its intermediate certificates: "
                                    + "openssl s_client -connect ADDRESS:PORT -servername HOST "
                                    + "-showcerts",
                            "Install the issuing CA in the client's trust store, if it is "
                                    + "meant to be trusted",
                            "Check for a proxy or antivirus that signs TLS anew: does the "
                                    + "issuer belong to the site?");
            case TLS_CLIENT_CERTIFICATE_REQUIRED ->
                    List.of(
                            "Configure the client with its certificate and key (curl --cert "
                                    + "FILE --key FILE)",
                            "Check that the certificate fits what the server asks for: a "
                                    + "client sends none when no listed CA has issued it");
            case TLS_CLIENT_CERTIFICATE_REJECTED ->
                    List.of(
                            "Check issuer, validity and purpose: openssl x509 -in FILE "
                                    + "-noout -issuer -dates -ext extendedKeyUsage",
                            "Check which CAs the server accepts: openssl s_client -connect "
                                    + "ADDRESS:PORT (Acceptable client certificate CA names)",
                            "Check that the client sends its intermediate certificates, and "
                                    + "that the certificate is not revoked");
            case TLS_ALERT ->
                    List.of(
                            "Look up the alert's name in the log of the side that sent it, "
                                    + "at that time",
                            "Repeat it with another client to see which side is at fault: "
                                    + "openssl s_client -connect ADDRESS:PORT -servername HOST",
                            "Update the TLS library of the side that complains or is "
                                    + "complained about");
            case PROXY_AUTH_REQUIRED ->
                    List.of(
                            "Give the client the proxy's credentials "
                                    + "(http://USER:PASSWORD@PROXY, or the client's own setting)",
                            "Check that they are valid and that the client can use the "
                                    + "scheme the proxy offers (Basic, Negotiate, NTLM)",
                            "Let the host bypass the proxy where that is allowed (NO_PROXY)");
            case PROXY_DENIED ->
                    List.of(
                            "Ask for the destination and its port to be allowed at the proxy "
                                    + "(squid: http_access, SSL_ports)",
                            "Check that the configured address is a forward proxy, not a web "
                                    + "server",
                            "Let the host bypass the proxy where that is allowed (NO_PROXY)");
            case PROXY_UPSTREAM_FAILED ->
                    List.of(
                            "Check from the proxy's host whether it resolves and reaches the "
                                    + "server: curl -v URL",
                            "Read the proxy's log for this request: its code says whether "
                                    + "the name, the connection or the time failed",
                            "Check whether this host should bypass the proxy (NO_PROXY), "
                                    + "being known only inside");
            case PROXY_NO_RESPONSE ->
                    List.of(
                            "Check from the proxy's host whether it reaches the server: it "
                                    + "may wait for its connection longer than the client",
                            "Check the proxy's load, and its connect time-out against the "
                                    + "client's",
                            "Try the request without the proxy, or through another");
            case HTTP_NO_RESPONSE ->
                    List.of(
                            "Look at what the server did with this request: a slow query, a "
                                    + "lock, a full worker pool, a slow back end",
                            "Compare with another path on the same server: curl -w "
                                    + "'%{time_starttransfer}\\n' -o /dev/null -s URL",
                            "Raise the client's time-out only if the server may take that "
                                    + "long");
            case HTTP_RESPONSE_STALLED ->
                    List.of(
                            "Look at what the server waits for in mid-response: a back end, "
                                    + "a lock, a slow source of the stream",
                            "Check proxies and load balancers before it that buffer or "
                                    + "throttle",
                            "For a stream that is silent by design, let the server send "
                                    + "heartbeats or raise the client's read time-out");
            case HTTP_TRANSFER_TOO_SLOW ->
                    List.of(
                            "Compare the rate with the path's bandwidth (iperf3) and with "
                                    + "the server's own limits (rate limits, disk, CPU)",
                            "Look for other traffic that filled the link at that time",
                            "Give large transfers more time, or a time-out on silence "
                                    + "instead of one on the whole");
            case HTTP_CLOSED_WITHOUT_RESPONSE ->
                    List.of(
                            "Look into the server's log: a crash or a limit while it handled "
                                    + "the request",
                            "Check the load balancer's back ends and health checks",
                            "Retry idempotent requests once");
            case HTTP_TRUNCATED_RESPONSE ->
                    List.of(
                            "Look into the server's log at that time: an exception in "
                                    + "mid-response, a killed worker",
                            "Check time-outs and size limits of proxies and load balancers "
                                    + "before the server",
                            "Check that the announced Content-Length is right (compression, "
                                    + "a file that changed)");
            case HTTP_MALFORMED_RESPONSE ->
                    List.of(
                            "Check that the port belongs to an HTTP service: curl -v "
                                    + "--http0.9 URL shows what answers",
                            "Check the framing of the server or reverse proxy: "
                                    + "Content-Length against Transfer-Encoding, chunk sizes, header "
                                    + "lines");
            case HTTP_ERROR_STATUS ->
                    List.of(
                            "Act on the status: credentials for 401 and 403, the path for "
                                    + "404, size limits for 413, patience for 429",
                            "For 5xx read the server's log at that time; for 502 to 504 look "
                                    + "behind the gateway that answered");
            case HTTP_REDIRECT_LOOP ->
                    List.of(
                            "Follow it by hand: curl -sIL --max-redirs 10 URL",
                            "Correct the redirect rules (scheme behind a TLS terminator, "
                                    + "host, trailing slash, login)",
                            "Check for cookies that the client does not send back");
            case HTTP_CAPTIVE_PORTAL ->
                    List.of(
                            "Sign in to the network with a browser, or ask its operator to "
                                    + "let this device through",
                            "Use https, which a portal cannot answer in the server's name");
            case QUIC_NO_RESPONSE ->
                    List.of(
                            "Allow UDP port 443 through the firewalls",
                            "Let the client fall back to TCP, or switch HTTP/3 off");
            case NETWORK_HEALTHY ->
                    List.of(
                            "Look at the application: what it expects of the content, and "
                                    + "what it did with it (parsing, schema, disk)",
                            "Repeat the request and look at the body: curl -v URL");
            case CAPTURE_INSUFFICIENT ->
                    List.of(
                            "Record on all interfaces, on the machine where the client runs",
                            "Report errors as they happen, and enlarge the ring (--ring) if "
                                    + "they come later than it remembers",
                            "Check that the clocks of the reporting application and of the "
                                    + "recorder agree");
        };
    }
}
