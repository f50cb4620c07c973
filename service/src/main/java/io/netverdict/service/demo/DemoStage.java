package io.netverdict.service.demo;

import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.service.lab.ClientFailure;
import io.netverdict.service.text.TextStyle;
import io.netverdict.service.text.VerdictText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How the demonstration looks: for each broken request, what the client says and what we say. */
final class DemoStage {
    private static final int MAX_EVIDENCE = 3;
    private static final String QUOTE = "  │ ";
    private static final String BAR = "  ┃ ";

    private final PrintWriter out;
    private final TextStyle style;
    private final VerdictText text;

    DemoStage(PrintWriter out, TextStyle style) {
        this.out = out;
        this.style = style;
        text = new VerdictText(style);
    }

    void opening(int scenarios) {
        out.println();
        out.println(style.bold("Netverdict: why did that request fail?"));
        out.println(
                style.wrap(
                        "",
                        "",
                        "Real requests, broken in "
                                + scenarios
                                + (scenarios == 1 ? " way" : " ways")
                                + " in a small network that exists only now, beside healthy"
                                + " traffic. The recorder has been running all along; nothing is"
                                + " tried again."));
        out.flush();
    }

    /** Before the client is run. */
    void curtain(int number, int of, DemoScenario scenario, String typed) {
        String title = String.format(Locale.ROOT, " %d/%d  %s ", number, of, scenario.name());
        out.println();
        out.println(
                style.bold("──" + title)
                        + style.dim("─".repeat(Math.max(2, style.width() - title.length() - 2))));
        out.println(style.wrap("  ", "  ", scenario.story()));
        out.println();
        out.println(style.dim("  $ ") + style.bold(TextStyle.cut(typed, style.width() - 4)));
        out.flush();
    }

    void client(ClientFailure failure) {
        double seconds = Duration.between(failure.startedAt(), failure.endedAt()).toMillis() / 1e3;
        String took = String.format(Locale.ROOT, "after %.1f s, the client says:", seconds);
        out.println(style.dim(QUOTE + took));
        barred(QUOTE, failure.message(), false);
    }

    void verdict(Diagnosis diagnosis, long packetsRecorded) {
        Verdict verdict = diagnosis.verdict();
        out.println();
        out.println(BAR + text.headline(verdict));
        barred(BAR, verdict.hint(), true);
        out.println(BAR.stripTrailing());
        List<Evidence> evidence = verdict.evidence();
        for (Evidence fact : evidence.subList(0, Math.min(MAX_EVIDENCE, evidence.size()))) {
            item("- ", fact.text() + VerdictText.frames(fact.frames()));
        }
        if (!verdict.advice().isEmpty()) {
            item("→ ", verdict.advice().get(0));
        }
        out.println(
                BAR
                        + style.dim(
                                String.format(
                                        Locale.ROOT,
                                        "%d of the %d packets recorded meanwhile belong to it",
                                        diagnosis.packets().size(),
                                        packetsRecorded)));
        out.flush();
    }

    private void barred(String bar, String message, boolean bold) {
        for (String line : style.wrap(bar, bar, message).split("\n")) {
            String body = line.substring(bar.length());
            out.println(bar + (bold ? style.bold(body) : style.yellow(body)));
        }
    }

    private void item(String bullet, String message) {
        out.println(style.wrap(BAR + bullet, BAR + "  ", message));
    }

    void closing(int scenarios, Duration took) {
        out.println();
        out.println(style.dim("─".repeat(style.width())));
        out.printf(
                Locale.ROOT,
                "%s in %d s; the network is gone again. Now yours:%n",
                scenarios == 1 ? "One request" : scenarios + " requests",
                took.toSeconds());
        out.println();
        out.println(
                "  " + style.bold("sudo ./netverdict serve") + "                  record, always");
        out.println(
                "  " + style.bold("./netverdict run -- curl https://…") + "       and know why");
        out.println(
                "  "
                        + style.bold("./netverdict analyze trace.pcapng")
                        + "        or ask a capture");
        out.println();
        out.flush();
    }
}
