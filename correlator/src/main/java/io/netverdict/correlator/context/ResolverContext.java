package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How names are resolved.
 *
 * @param file the resolv.conf that was read
 * @param nameServers in the order in which they are asked
 * @param search domains tried behind a short name
 * @param options as {@code timeout:1 attempts:2}
 * @param hostsOrder the {@code hosts:} line of nsswitch.conf
 * @param hostsEntries lines of the hosts file for the hosts of the request
 * @param upstreams that systemd-resolved asks, where it is the name server
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResolverContext(
        String file,
        List<String> nameServers,
        List<String> search,
        List<String> options,
        String hostsOrder,
        List<String> hostsEntries,
        List<String> upstreams) {

    public ResolverContext {
        nameServers = copy(nameServers);
        search = copy(search);
        options = copy(options);
        hostsEntries = copy(hostsEntries);
        upstreams = copy(upstreams);
    }

    private static List<String> copy(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
