package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A rule of the local firewall that drops or rejects, or a chain whose policy does, and how many
 * packets that took over the incident's time.
 *
 * @param table with its family: {@code ip filter}
 * @param chain its name
 * @param hook of the chain, as {@code output}; empty for one that others jump to
 * @param handle the rule's number, 0 for a chain's policy
 * @param verdict {@code drop} or {@code reject}
 * @param text the rule as far as it is understood, as {@code tcp dport 8443}
 * @param packets refused
 * @param bytes refused
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FirewallContext(
        String table,
        String chain,
        String hook,
        long handle,
        String verdict,
        String text,
        long packets,
        long bytes) {}
