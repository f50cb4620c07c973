package io.netverdict.service.text;

import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.service.analysis.AnalyzedFile;
import io.netverdict.service.analysis.AnalyzedIncident;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An analysis of capture files as text: each verdict in full, or many of them grouped. */
public final class AnalysisText {
    /** A survey of up to so many incidents shows each in full. */
    private static final int MAX_IN_FULL = 3;

    private static final int MAX_LINES_A_GROUP = 5;

    private static final int COUNT_COLUMNS = 5;
    private static final String MEMBER_INDENT = "        ";

    private final TextStyle style;
    private final VerdictText verdictText;

    public AnalysisText(TextStyle style) {
        this.style = style;
        verdictText = new VerdictText(style);
    }

    /**
     * Prints the analysis.
     *
     * @param asked whether the incidents answer error reports; else they come from a survey
     */
    public void print(
            PrintWriter out,
            List<AnalyzedFile> files,
            List<AnalyzedIncident> incidents,
            boolean asked) {
        if (!asked) {
            files.forEach(file -> out.println(figures(file)));
            if (incidents.isEmpty()) {
                out.println("No conversation failed or suffered.");
                return;
            }
        }
        if (asked || incidents.size() <= MAX_IN_FULL) {
            boolean first = asked;
            for (AnalyzedIncident incident : incidents) {
                if (!first) {
                    out.println();
                }
                first = false;
                inFull(out, incident.incident(), incidents.size() > 1 || !asked);
            }
        } else {
            grouped(out, incidents);
        }
    }

    private void inFull(PrintWriter out, Incident incident, boolean named) {
        if (named) {
            String what = TextStyle.cut(incident.error().message(), style.width());
            out.println(style.dim(what));
        }
        verdictText.print(out, incident);
    }

    private static String figures(AnalyzedFile file) {
        String span =
                file.firstPacketAt() == null
                        ? ""
                        : " in "
                                + VerdictText.duration(
                                        Duration.between(file.firstPacketAt(), file.lastPacketAt()))
                                + " from "
                                + file.firstPacketAt();
        return file.name() + ": " + Figures.grouped(file.packets()) + " packets" + span;
    }

    private void grouped(PrintWriter out, List<AnalyzedIncident> incidents) {
        record Kind(Cause cause, Blame blame) {}
        Map<Kind, List<Incident>> groups = new LinkedHashMap<>();
        for (AnalyzedIncident each : incidents) {
            Verdict verdict = each.incident().verdict();
            groups.computeIfAbsent(
                            new Kind(verdict.cause(), verdict.blame()), kind -> new ArrayList<>())
                    .add(each.incident());
        }
        out.println(
                "Conversations failed or suffered, at "
                        + Figures.grouped(incidents.size())
                        + " targets; worst first:");
        int room = style.width() - MEMBER_INDENT.length();
        for (Map.Entry<Kind, List<Incident>> group : groups.entrySet()) {
            List<Incident> members = group.getValue();
            out.println();
            String count = Figures.grouped(members.size());
            out.println(
                    " ".repeat(Math.max(0, COUNT_COLUMNS - count.length()))
                            + count
                            + " × "
                            + verdictText.headline(members.get(0).verdict()));
            for (Incident member : members.stream().limit(MAX_LINES_A_GROUP).toList()) {
                out.println(MEMBER_INDENT + TextStyle.cut(line(member), room));
            }
            if (members.size() > MAX_LINES_A_GROUP) {
                out.println(MEMBER_INDENT + "… " + (members.size() - MAX_LINES_A_GROUP) + " more");
            }
        }
        out.println();
        out.println(style.dim("All of it: --json. One in full: --error TEXT --at TIME."));
    }

    private static String line(Incident incident) {
        ErrorReport error = incident.error();
        String at = error.occurredAt() == null ? "" : error.occurredAt() + "  ";
        return at + incident.verdict().hint();
    }
}
