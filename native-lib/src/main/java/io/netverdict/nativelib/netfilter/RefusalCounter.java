package io.netverdict.nativelib.netfilter;

/**
 * A rule that drops or rejects, or a chain whose policy drops, with what it has counted.
 *
 * @param table with its family, as {@code ip filter}
 * @param chain its name
 * @param hook of the chain, as {@code output}; empty for one that others jump to
 * @param handle the rule's number, 0 for a chain's policy
 * @param verdict {@code drop} or {@code reject}
 * @param text the rule as far as it is understood
 * @param packets since the rule was made
 * @param bytes since the rule was made
 */
public record RefusalCounter(
        String table,
        String chain,
        String hook,
        long handle,
        String verdict,
        String text,
        long packets,
        long bytes) {

    /** Names the rule among all, however often it is read. */
    public String key() {
        return table + ' ' + chain + ' ' + handle;
    }
}
