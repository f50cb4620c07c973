package io.netverdict.service.cli;

import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.service.client.ServiceClient.Listing;
import io.netverdict.service.client.ServiceException;
import io.netverdict.service.text.TextStyle;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netverdict incidents}: lists incidents, newest first. */
@Command(
        name = "incidents",
        description = "Lists the incidents the service keeps, newest first.",
        footer = {
            "",
            "Examples:",
            "  netverdict incidents",
            "  netverdict incidents --cause tcp.syn-no-response --since 2026-11-23T00:00:00Z",
            "  netverdict incidents --host datastore.example --json"
        })
final class IncidentsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private NetverdictCommand.Common common;
    @Mixin private ServiceOption service;

    @Option(names = "--cause", paramLabel = "CODE", description = "Only this cause.")
    private String cause;

    @Option(names = "--blame", paramLabel = "WHERE", description = "Only this blame.")
    private String blame;

    @Option(names = "--host", paramLabel = "HOST", description = "Only requests to this host.")
    private String host;

    @Option(names = "--since", paramLabel = "TIME", description = "Received since, RFC 3339.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Received before, RFC 3339.")
    private String until;

    @Option(
            names = {"-q", "--query"},
            paramLabel = "TEXT",
            description = "Only those with this text in message, URL, hint or hosts.")
    private String text;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private String limit;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    IncidentsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, ServiceException {
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put("cause", cause);
        filters.put("blame", blame);
        filters.put("host", host);
        filters.put("since", since);
        filters.put("until", until);
        filters.put("q", text);
        filters.put("limit", limit);
        Listing page = service.client().incidents(filters);
        if (json) {
            console.out().println(ContractJson.mapper().writeValueAsString(page));
            return 0;
        }
        for (Incident incident : page.incidents()) {
            console.out().println(line(incident));
        }
        if (page.incidents().isEmpty()) {
            console.warn("no incidents");
        } else if (page.nextCursor() != null) {
            console.warn("there are more; --limit shows them");
        }
        return 0;
    }

    private String line(Incident incident) {
        Verdict verdict = incident.verdict();
        String head =
                String.format(
                        Locale.ROOT,
                        "%s  %s  %-28s ",
                        incident.id(),
                        incident.receivedAt().truncatedTo(ChronoUnit.SECONDS),
                        verdict == null ? incident.status().code() : verdict.cause().code());
        String hint = verdict == null ? incident.error().message() : verdict.hint();
        int columns = console.style().columns();
        int room = columns == 0 ? Integer.MAX_VALUE : Math.max(20, columns - head.length());
        return head + TextStyle.cut(hint, room);
    }
}
