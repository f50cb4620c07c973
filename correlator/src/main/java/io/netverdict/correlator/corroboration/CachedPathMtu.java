package io.netverdict.correlator.corroboration;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.context.InterfaceContext;
import io.netverdict.correlator.context.RouteContext;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The kernel remembers that less passes to the host than its interface lets through. */
final class CachedPathMtu implements Corroborator {
    private static final Set<Cause> ABOUT =
            EnumSet.of(
                    Cause.PATH_MTU_EXCEEDED,
                    Cause.PATH_MTU_BLACKHOLE,
                    Cause.TLS_CLIENT_HELLO_DROPPED,
                    Cause.TCP_PEER_VANISHED,
                    Cause.PATH_PACKET_LOSS);
    private static final double CERTAIN = 0.97;

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        if (attempt == null || !ABOUT.contains(finding.cause())) {
            return finding;
        }
        HostContext context = story.context();
        IpAddress server = attempt.connection().tcp().server().address();
        for (RouteContext route : context.routes()) {
            OptionalInt link = mtuOf(route.device(), context);
            if (route.pathMtuBytes() == null
                    || link.isEmpty()
                    || route.pathMtuBytes() >= link.getAsInt()
                    || !server.toString().equals(route.target())) {
                continue;
            }
            boolean size = finding.cause().code().startsWith("path.mtu");
            Finding told =
                    finding.withEvidence(
                            List.of(
                                    Corroboration.evidence(
                                            "the kernel has a path MTU of "
                                                    + route.pathMtuBytes()
                                                    + " cached for "
                                                    + route.target()
                                                    + ", less than the "
                                                    + link.getAsInt()
                                                    + " of "
                                                    + route.device())));
            return size ? told.withStrength(Math.max(CERTAIN, finding.strength())) : told;
        }
        return finding;
    }

    private static OptionalInt mtuOf(String device, HostContext context) {
        return context.interfaces().stream()
                .filter(i -> i.name().equals(device))
                .mapToInt(InterfaceContext::mtuBytes)
                .findFirst();
    }
}
