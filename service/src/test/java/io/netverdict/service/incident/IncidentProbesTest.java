package io.netverdict.service.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.Diagnosis;
import io.netverdict.service.probe.ProbeSettings;
import io.netverdict.service.probe.Prober;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an incident's context says of probes that were not made. */
class IncidentProbesTest {
    private static final String INCIDENT = "01m84sfxmpr2eqddyw01jmfs7k";
    private static final Diagnosis UNPROBED =
            new Diagnosis(null, null, List.of(), List.of(), Map.of(), List.of());

    /** How probing went by the context; null where it says nothing. */
    private static Map<?, ?> told(IncidentProbes probes) {
        return (Map<?, ?>)
                probes.complete(INCIDENT, UNPROBED, null).diagnosis().context().get("probes");
    }

    @Test
    void shouldSayThatARestartCameBeforeTheProbes() {
        try (Prober prober = new Prober(ProbeSettings.OFF, List.of())) {
            IncidentProbes probes = new IncidentProbes(prober);
            probes.leftByRestart(INCIDENT);
            Map<?, ?> told = told(probes);

            assertEquals("not run", told.get("state"));
            assertTrue(told.get("note").toString().contains("restarted"), told::toString);
            assertNull(told(probes), "only once");
        }
    }

    @Test
    void shouldSayNothingWhereNobodyAskedAndNothingWasProbed() {
        try (Prober prober = new Prober(ProbeSettings.OFF, List.of())) {
            assertNull(told(new IncidentProbes(prober)));
        }
    }

    @Test
    void shouldSayThatTheRecorderRunsWithoutProbesWhereTheyWereAskedFor() {
        try (Prober prober = new Prober(ProbeSettings.OFF, List.of())) {
            IncidentProbes probes = new IncidentProbes(prober);
            probes.want(INCIDENT);

            assertEquals("off", told(probes).get("state"));
        }
    }
}
