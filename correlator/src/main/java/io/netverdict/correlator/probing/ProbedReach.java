package io.netverdict.correlator.probing;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.probe.ConnectProbe;
import io.netverdict.correlator.probe.PingProbe;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.probe.RouteProbe;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Whether host and port answer now, and where the way to them ends. */
final class ProbedReach implements ProbeWeigher {
    private static final Set<Cause> SILENT =
            EnumSet.of(
                    Cause.TCP_SYN_NO_RESPONSE,
                    Cause.TCP_PEER_VANISHED,
                    Cause.TCP_HANDSHAKE_INCOMPLETE);

    /** The same silence again. */
    private static final double REPEATED = 0.93;

    private static final double STILL_SILENT = 0.85;
    private static final double GONE = 0.95;

    @Override
    public Finding weigh(Finding finding, Attempt attempt, RequestStory story) {
        if (attempt == null || !SILENT.contains(finding.cause())) {
            return finding;
        }
        Endpoint server = attempt.connection().tcp().server();
        Optional<ConnectProbe> connect =
                story.probes()
                        .of(ConnectProbe.class)
                        .filter(probe -> probe.target().equals(server))
                        .findFirst();
        boolean hostAnswers = ping(server.address(), story).map(PingProbe::answered).orElse(false);
        if (connect.isEmpty() || connect.get().reply() == Reply.NOT_SENT) {
            return hostAnswers ? Probing.with(finding, alive(server, story)) : finding;
        }
        if (connect.get().reply() == Reply.SILENT) {
            boolean connecting = finding.cause() == Cause.TCP_SYN_NO_RESPONSE;
            double strength = hostAnswers ? REPEATED : STILL_SILENT;
            return Probing.with(finding, silence(server, hostAnswers, story))
                    .withStrength(
                            connecting
                                    ? Math.max(strength, finding.strength())
                                    : finding.strength());
        }
        Finding told =
                Probing.with(
                        finding,
                        server
                                + (connect.get().reply() == Reply.ANSWERED
                                        ? " accepts a connection now, after "
                                                + Figures.span(connect.get().time().durationNanos())
                                                + ": the fault has passed, or comes and goes"
                                        : " answers a SYN now: " + connect.get().reply().word()));
        return finding.strength() >= REPEATED ? told : told.withStrength(GONE * finding.strength());
    }

    private static String silence(Endpoint server, boolean hostAnswers, RequestStory story) {
        String port = "port " + server.port() + " of " + server.address() + " is silent now, too";
        if (hostAnswers) {
            return port + "; " + alive(server, story) + ": a filter for the port";
        }
        Optional<IpAddress> last =
                story.probes()
                        .of(RouteProbe.class)
                        .filter(probe -> probe.target().address().equals(server.address()))
                        .map(RouteProbe::lastRouter)
                        .filter(java.util.Objects::nonNull)
                        .findFirst();
        boolean pinged = ping(server.address(), story).map(p -> p.sent() > 0).orElse(false);
        return port
                + (pinged ? ", and the host does not answer ping" : "")
                + last.map(router -> "; the way is seen up to " + router).orElse("");
    }

    private static String alive(Endpoint server, RequestStory story) {
        return "the host answers ping in "
                + Figures.span(ping(server.address(), story).get().bestRoundTripNanos());
    }

    private static Optional<PingProbe> ping(IpAddress address, RequestStory story) {
        return story.probes()
                .of(PingProbe.class)
                .filter(probe -> probe.target().equals(address))
                .findFirst();
    }
}
