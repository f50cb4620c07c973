package io.netverdict.correlator.rules;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/** {@code http.malformed-response}: the answer is not HTTP, or breaks its framing. */
public final class HttpMalformedRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        boolean plain = c.tls().isEmpty() && !c.session().clientSpeaksTls();
        if (!plain || c.session().serverSpeaksTls()) {
            return List.of();
        }
        Exchange exchange = c.exchange();
        boolean foreign = c.session().malformedSample().isPresent();
        boolean said = c.question().says(Complaint.MALFORMED_RESPONSE);
        if (!foreign && !(said && exchange != null && exchange.answered())) {
            return List.of();
        }
        List<Segment> data =
                c.tcp().toClient().data().stream()
                        .filter(s -> s.timeNanos() <= c.deadlineNanos())
                        .toList();
        if (data.isEmpty()) {
            return List.of();
        }
        String sample = c.session().malformedSample().orElse("");
        return List.of(
                Finding.of(Cause.HTTP_MALFORMED_RESPONSE)
                        .strength(foreign ? said ? 0.97 : 0.9 : 0.75)
                        .blame(c.toProxy() ? Blame.PROXY : Blame.SERVER)
                        .phase(Phase.RESPONSE)
                        .decidedAt(data.get(data.size() - 1).timeNanos())
                        .hint(
                                "the answer of "
                                        + c.peer()
                                        + " is not valid HTTP"
                                        + (sample.isEmpty() ? "" : ": \"" + sample + "\""))
                        .detail(
                                "Another service may listen on that port, or the server breaks the"
                                        + " framing of its response.")
                        .evidence("the server's bytes", data.subList(0, Math.min(3, data.size())))
                        .build());
    }
}
