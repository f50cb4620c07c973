package io.netverdict.correlator.probe;

/** What one probe found. All kinds are immutable. */
public sealed interface ProbeResult
        permits NameServerProbe,
                ConnectProbe,
                TlsProbe,
                PingProbe,
                PathMtuProbe,
                RouteProbe,
                ProxyProbe {

    /** When it ran. */
    ProbeTime time();

    /** What hindered the probe itself, in words; null where nothing did. */
    String problem();
}
