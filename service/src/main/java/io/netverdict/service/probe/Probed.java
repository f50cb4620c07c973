package io.netverdict.service.probe;

import io.netverdict.correlator.probe.ProbeReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How probing for an incident went.
 *
 * @param state in one word, see the constants
 * @param note what there is to say about it; null for nothing
 * @param report what was found
 */
public record Probed(String state, String note, ProbeReport report) {
    /** The recorder runs without probes. */
    public static final String OFF = "off";

    /** All probes have ended. */
    public static final String DONE = "done";

    /** The time ran out, or the service stopped. */
    public static final String CUT_SHORT = "cut short";

    /** Limits forbade it, or nobody was known to be asked. */
    public static final String NOT_RUN = "not run";

    /** Asked for in vain. */
    public static Probed off() {
        return new Probed(
                OFF,
                "probes were asked for, but the recorder runs without: netverdict serve --probe",
                ProbeReport.NONE);
    }

    /** Nothing was sent, and why. */
    public static Probed notRun(String why) {
        return new Probed(NOT_RUN, why, ProbeReport.NONE);
    }

    /**
     * For the incident's context.
     *
     * @param packets of the probes in the slice
     */
    public Map<String, Object> toMap(int packets) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("state", state);
        if (note != null) {
            map.put("note", note);
        }
        map.put("results", report.results().size());
        map.put("packets", packets);
        return map;
    }
}
