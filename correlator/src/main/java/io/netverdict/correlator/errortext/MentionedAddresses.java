package io.netverdict.correlator.errortext;

import io.netverdict.capture.packet.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that the text names.
 *
 * @param local the client's end of the connection
 * @param remote the other end (a proxy's, where there is one)
 * @param dnsServer the name server asked
 * @param dnsClient the client's end of the query
 * @param all every endpoint named, in order of appearance, without repetition; port 0 where none
 *     was named
 */
public record MentionedAddresses(
        Optional<Endpoint> local,
        Optional<Endpoint> remote,
        Optional<Endpoint> dnsServer,
        Optional<Endpoint> dnsClient,
        List<Endpoint> all) {

    /** Where the text names none. */
    static final MentionedAddresses NONE =
            new MentionedAddresses(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());

    public MentionedAddresses {
        all = List.copyOf(all);
    }
}
