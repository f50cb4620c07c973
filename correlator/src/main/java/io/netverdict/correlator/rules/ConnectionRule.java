package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import java.util.List;

/** Looks for one cause, or a tight family, on one connection. Stateless. */
@FunctionalInterface
public interface ConnectionRule {

    /** Findings and rejections; empty where the cause is not even near. */
    List<Assessment> assess(ConnectionCase connection);
}
