package io.netverdict.correlator.errortext;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A proxy that the text speaks of.
 *
 * @param host the proxy's name or address literal
 * @param port the proxy's port
 * @param status what the proxy answered to CONNECT
 */
public record ProxyMention(Optional<String> host, OptionalInt port, OptionalInt status) {}
