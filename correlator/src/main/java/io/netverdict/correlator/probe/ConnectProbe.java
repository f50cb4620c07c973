package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.Endpoint;

/**
 * A TCP connection that was opened and closed again.
 *
 * @param reply {@link Reply#ANSWERED} where it was established
 */
public record ConnectProbe(Endpoint target, ProbeTime time, Reply reply, String problem)
        implements ProbeResult {}
