package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.context.SocketContext;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.List;

/** Bytes wait in the client's own socket: it is the client that does not read. */
final class UnreadReceiveQueue implements Corroborator {
    private static final double CERTAIN = 0.98;

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        if (attempt == null
                || finding.cause() != Cause.TCP_ZERO_WINDOW
                || finding.blame() != Blame.CLIENT) {
            return finding;
        }
        String local = attempt.connection().tcp().client().toString();
        String remote = attempt.connection().tcp().server().toString();
        for (SocketContext socket : story.context().sockets()) {
            if (socket.local().equals(local)
                    && socket.remote().equals(remote)
                    && socket.receiveQueueBytes() > 0) {
                return finding.withEvidence(List.of(Corroboration.evidence(waiting(socket))))
                        .withStrength(Math.max(CERTAIN, finding.strength()));
            }
        }
        return finding;
    }

    private static String waiting(SocketContext socket) {
        SocketContext.Owner owner = socket.owner();
        return Figures.bytes(socket.receiveQueueBytes())
                + " wait unread in the receive queue of "
                + socket.local()
                + (owner == null ? "" : ", which is " + owner.name() + "'s, pid " + owner.pid());
    }
}
