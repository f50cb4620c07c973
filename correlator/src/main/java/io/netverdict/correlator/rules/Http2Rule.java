package io.netverdict.correlator.rules;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.List;

/**
 * {@code http.closed-without-response} by HTTP/2's own means: GOAWAY or RST_STREAM inside TLS, told
 * by the client and seen as small records only.
 */
public final class Http2Rule implements ConnectionRule {
    private static final int MAX_CONTROL_LENGTH = 120;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        boolean said =
                c.question()
                        .says(
                                Complaint.HTTP2_GOAWAY,
                                Complaint.HTTP2_STREAM_RESET,
                                Complaint.HTTP2_CONNECTION_LOST,
                                Complaint.PROTOCOL_ERROR);
        if (!said || c.tls().isEmpty() || !c.tls().get().handshakeDone()) {
            return List.of();
        }
        List<TlsRecord> control =
                c.tls().get().serverApplicationData().stream()
                        .filter(r -> r.length() <= MAX_CONTROL_LENGTH && r.first() != null)
                        .filter(r -> r.first().timeNanos() <= c.deadlineNanos())
                        .toList();
        Exchange exchange = c.exchange();
        boolean answered =
                exchange != null
                        && exchange.answered()
                        && exchange.responseSeen() > 4 * MAX_CONTROL_LENGTH;
        if (control.isEmpty() || answered) {
            return List.of();
        }
        DecodedPacket last = control.get(control.size() - 1).first();
        return List.of(
                Finding.of(Cause.HTTP_CLOSED_WITHOUT_RESPONSE)
                        .strength(0.7)
                        .blame(c.peerBlame())
                        .phase(Phase.RESPONSE)
                        .decidedAt(last.timeNanos())
                        .hint(
                                c.peer()
                                        + " ended the HTTP/2 stream or connection without a response"
                                        + " (encrypted; by the client's word)")
                        .detail(
                                "Only records of a control frame's size came from the server behind the"
                                        + " request; what they say is encrypted.")
                        .evidencePacket("the server's last control-sized record (inferred)", last)
                        .build());
    }
}
