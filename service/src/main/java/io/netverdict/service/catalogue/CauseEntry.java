package io.netverdict.service.catalogue;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Phase;
import java.util.List;

/**
 * What there is to say of one cause.
 *
 * @param summary what broke, in half a sentence
 * @param blame where it usually lies
 * @param phase the step it usually breaks
 * @param what what it is and what makes it, a paragraph
 * @param shows what its packets show, a paragraph
 * @param sketch its packets as a small ladder: steps between semicolons. {@code C>S SYN} is an
 *     arrow from client to server, {@code C<S} one back, {@code Cx>S} one that is lost on its way,
 *     {@code ~1 s} a pause, anything else a remark. Ends: client, link neighbour (L), resolver,
 *     gateway or router (G), proxy, server
 * @param advice what to check or change, most promising first
 */
public record CauseEntry(
        String summary,
        Blame blame,
        Phase phase,
        String what,
        String shows,
        String sketch,
        List<String> advice) {}
