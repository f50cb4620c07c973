package io.netverdict.it.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.service.lab.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real clients of several languages fail over broken networks beside the running service; the log
 * of each must show the hint. Prints the table client × fault.
 */
class ClientTableTest {
    /** Stands before what a client says about a URL. */
    static final String MARK = "== ";

    private static final int TIMEOUT_SECONDS = 3;
    private static final int AT_ONCE = 2;
    private static final Path TABLE = Path.of("target", "client-table.txt");

    @TempDir private Path directory;

    private Lab lab;
    private LabService service;

    @Test
    void shouldShowTheHintInTheLogOfEveryClientForEveryFault() throws Exception {
        String problem = Lab.problem();
        assumeTrue(problem == null, () -> "skipped: no live lab here: " + problem);
        assumeTrue(TableClient.hasReporters(), "skipped: error-hook/docs is not beside this");
        Map<String, List<String>> table = new LinkedHashMap<>();
        List<String> logs = new ArrayList<>();
        try (Lab opened = Lab.open()) {
            lab = opened;
            ClientFault.breakAll(lab);
            try (LabService started = new LabService(lab, directory.resolve("data"))) {
                service = started;
                run(table, logs);
            }
        }
        print(table);
        List<String> wanted =
                Arrays.stream(ClientFault.values()).map(fault -> fault.cause().code()).toList();
        Map<String, List<String>> expected = new LinkedHashMap<>();
        table.keySet().forEach(client -> expected.put(client, wanted));
        assertEquals(expected, table, () -> String.join("\n", logs));
    }

    private void run(Map<String, List<String>> table, List<String> logs) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<String, Future<String>> running = new LinkedHashMap<>();
            for (TableClient client : TableClient.all(directory)) {
                if (client.canRun()) {
                    running.put(client.name(), pool.submit(() -> logOf(client)));
                } else {
                    System.out.println(
                            "skipped: " + client.name() + ": " + client.needs() + " is missing");
                }
            }
            for (Map.Entry<String, Future<String>> entry : running.entrySet()) {
                String log = entry.getValue().get();
                logs.add("#### " + entry.getKey() + "\n" + log);
                table.put(entry.getKey(), causes(log));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private String logOf(TableClient client) throws IOException {
        List<String> urls = Arrays.stream(ClientFault.values()).map(ClientFault::url).toList();
        if (!client.oneUrlEach()) {
            return output(client.line(TIMEOUT_SECONDS, urls));
        }
        StringBuilder log = new StringBuilder();
        for (String url : urls) {
            log.append(MARK).append(url).append('\n');
            log.append(output(client.line(TIMEOUT_SECONDS, List.of(url))));
        }
        return log.toString();
    }

    private String output(List<String> command) throws IOException {
        ProcessBuilder builder = lab.client().process(command).redirectErrorStream(true);
        builder.environment().put("NETVERDICT_URL", service.url());
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The first cause that the log names for each fault. */
    private static List<String> causes(String log) {
        List<String> causes = new ArrayList<>();
        for (ClientFault fault : ClientFault.values()) {
            int begin = log.indexOf(MARK + fault.url());
            int end = begin < 0 ? -1 : log.indexOf("\n" + MARK, begin + 1);
            String section =
                    begin < 0 ? "" : end < 0 ? log.substring(begin) : log.substring(begin, end);
            causes.add(firstCause(section).orElse("none"));
        }
        return causes;
    }

    private static Optional<String> firstCause(String text) {
        return Arrays.stream(Cause.values())
                .map(Cause::code)
                .filter(text::contains)
                .min(Comparator.comparingInt(text::indexOf));
    }

    private static void print(Map<String, List<String>> table) throws IOException {
        StringBuilder text = new StringBuilder(String.format("%-27s", "client"));
        for (ClientFault fault : ClientFault.values()) {
            text.append(String.format("%-28s", fault));
        }
        table.forEach(
                (client, causes) -> {
                    text.append(String.format("%n%-27s", client));
                    causes.forEach(cause -> text.append(String.format("%-28s", cause)));
                });
        System.out.println(text);
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, text + "\n");
    }
}
