package io.netverdict.it.exam;

import io.netverdict.correlator.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Counts right and wrong verdicts and prints them as a table by cause. Not thread-safe. */
final class ExamScore {
    /** From here on a verdict calls itself sure. */
    private static final double SURE = 0.9;

    private record Answer(ExamCase examCase, Verdict verdict) {
        boolean causeRight() {
            return examCase.causes().contains(verdict.cause().code());
        }

        boolean blameRight() {
            return examCase.blames().contains(verdict.blame().code());
        }

        boolean sure() {
            return verdict.confidence() >= SURE;
        }
    }

    private final List<Answer> answers = new ArrayList<>();

    void add(ExamCase examCase, Verdict verdict) {
        answers.add(new Answer(examCase, verdict));
    }

    int total() {
        return answers.size();
    }

    double causesRight() {
        return (double) answers.stream().filter(Answer::causeRight).count() / total();
    }

    double blamesRight() {
        return (double) answers.stream().filter(Answer::blameRight).count() / total();
    }

    long sureAndWrong() {
        return answers.stream().filter(answer -> answer.sure() && !answer.causeRight()).count();
    }

    /** A line for each wrong verdict, the table by cause, and the totals. */
    String table() {
        StringBuilder text = new StringBuilder();
        TreeMap<String, List<Answer>> byCause = new TreeMap<>();
        for (Answer answer : answers) {
            byCause.computeIfAbsent(answer.examCase().causes().get(0), code -> new ArrayList<>())
                    .add(answer);
            if (!answer.causeRight() || !answer.blameRight()) {
                text.append(wrong(answer));
            }
        }
        text.append(String.format(Locale.ROOT, "%n%-36s right  of  blame%n", "cause"));
        byCause.forEach(
                (code, group) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "%-36s %5d %3d %6d%n",
                                        code,
                                        group.stream().filter(Answer::causeRight).count(),
                                        group.size(),
                                        group.stream().filter(Answer::blameRight).count())));
        return text.append(totals()).toString();
    }

    private static String wrong(Answer answer) {
        Verdict verdict = answer.verdict();
        return String.format(
                Locale.ROOT,
                "wrong  %s: expected %s (%s), got %s (%s, %.2f): %s%n",
                answer.examCase().name(),
                String.join("|", answer.examCase().causes()),
                String.join("|", answer.examCase().blames()),
                verdict.cause().code(),
                verdict.blame().code(),
                verdict.confidence(),
                verdict.hint());
    }

    String totals() {
        return String.format(
                Locale.ROOT,
                "%ncauses right %.1f %% of %d, blame right %.1f %%, sure (confidence >= %.1f) %d,"
                        + " sure and wrong %d%n",
                100 * causesRight(),
                total(),
                100 * blamesRight(),
                SURE,
                answers.stream().filter(Answer::sure).count(),
                sureAndWrong());
    }
}
