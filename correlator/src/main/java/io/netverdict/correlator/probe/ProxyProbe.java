package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.Endpoint;

/**
 * A CONNECT put to a proxy, without credentials.
 *
 * @param target asked of it, for example {@code host:443}
 * @param status of its answer; -1 without one
 * @param reason behind the status; may be empty
 */
public record ProxyProbe(
        Endpoint proxy,
        String target,
        ProbeTime time,
        Reply reply,
        int status,
        String reason,
        String problem)
        implements ProbeResult {}
