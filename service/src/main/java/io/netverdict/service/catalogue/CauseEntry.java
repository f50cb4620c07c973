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
 * @param sketch its packets as a small ladder, see {@link LadderSketch}
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
