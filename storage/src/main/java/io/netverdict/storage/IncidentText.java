package io.netverdict.storage;

import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.FlowSummary;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What an incident can be found by. */
final class IncidentText {
    /** Text beyond this is kept with the incident, but not searched. */
    static final int MAX_SEARCHED_CHARS = 65_536;

    private IncidentText() {}

    /** Every host name and address that took part, lower case. */
    static Set<String> hosts(Incident incident) {
        Set<String> hosts = new LinkedHashSet<>();
        ErrorReport error = incident.error();
        hosts.add(HostAndPort.of(error.url()).host());
        hosts.add(HostAndPort.of(error.remote()).host());
        hosts.add(HostAndPort.of(error.proxy()).host());
        for (Operation operation : incident.operations()) {
            hosts.add(HostAndPort.of(operation.target()).host());
        }
        for (FlowSummary flow : incident.flows()) {
            hosts.add(HostAndPort.of(flow.remote()).host());
        }
        hosts.remove(null);
        return hosts;
    }

    /** Everything that text search looks at, lower case, one item a line. */
    static String searched(Incident incident) {
        ErrorReport error = incident.error();
        List<String> lines = new ArrayList<>();
        lines.add(error.url());
        lines.add(incident.verdict() == null ? null : incident.verdict().hint());
        lines.addAll(hosts(incident));
        lines.add(error.local());
        lines.add(error.remote());
        for (FlowSummary flow : incident.flows()) {
            lines.add(flow.local());
            lines.add(flow.remote());
        }
        // Last, because it alone may be long.
        lines.add(error.message());
        lines.removeIf(Objects::isNull);
        return cut(String.join("\n", lines).toLowerCase(Locale.ROOT));
    }

    /** At most what a column is given of a text. */
    static String cut(String text) {
        return text == null || text.length() <= MAX_SEARCHED_CHARS
                ? text
                : text.substring(0, MAX_SEARCHED_CHARS);
    }
}
