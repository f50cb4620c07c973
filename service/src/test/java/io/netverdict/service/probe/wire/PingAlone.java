package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.service.probe.flow.ProbeFlows;
import io.netverdict.service.probe.flow.ProbeSession;

/** Pings loopback and traces the way there, as a process of its own. */
final class PingAlone {
    private PingAlone() {}

    public static void main(String[] arguments) {
        ProbeSession session = new ProbeSession("alone", new ProbeFlows(), 10_000_000_000L);
        IpAddress loopback = IpAddress.parse("127.0.0.1").orElseThrow();
        System.out.println(Ping.to(session, loopback));
        System.out.println(Traceroute.overUdp(session, new Endpoint(loopback, 9)));
    }
}
