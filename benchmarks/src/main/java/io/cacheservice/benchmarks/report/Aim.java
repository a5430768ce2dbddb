package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.harness.Measurement;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.RunRecord;
import io.cacheservice.benchmarks.harness.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a subject should reach, and whether a run shows that it does.
 *
 * @param words what is aimed at
 * @param figure whose figure
 * @param against what it is divided by
 * @param bound what the quotient must keep to
 * @param limit the bound's number
 */
record Aim(String words, String suite, Figure figure, Against against, Bound bound, double limit) {
    /** A metric of a subject in a case. */
    record Figure(String caseName, String subject, Metric metric) {}

    /** What a figure is judged by. */
    sealed interface Against {
        /** Itself. */
        record Nothing() implements Against {}

        /** The same metric of another subject, perhaps in another case. */
        record Subject(String caseName, String name) implements Against {}

        /** The same metric of the best in its case but those whose names begin with one of {@code prefixes}. */
        record BestBut(List<String> prefixes) implements Against {}
    }

    enum Bound {
        AT_LEAST,
        AT_MOST;

        boolean holds(double value, double limit) {
            return this == AT_LEAST ? value >= limit : value <= limit;
        }
    }

    /**
     * What a run shows.
     *
     * @param measured for people
     */
    record Verdict(String measured, boolean reached) {}

    /** The verdict of {@code run}; empty where it does not say. */
    Optional<Verdict> in(RunRecord run) {
        Measurement measured = find(run, figure.caseName(), figure.subject());
        if (measured == null) {
            return Optional.empty();
        }
        if (against instanceof Against.Subject subject) {
            Measurement baseline = find(run, subject.caseName(), subject.name());
            Spread ratio = measured.ratios().get(subject.name());
            if (ratio != null && subject.caseName().equals(figure.caseName())) {
                return Optional.of(verdict(ratio.median(), Figures.ratio(ratio) + " x `" + subject.name() + "`"));
            }
            return Optional.ofNullable(baseline).flatMap(other -> quotient(measured, other));
        }
        if (against instanceof Against.BestBut but) {
            return best(run, but.prefixes()).flatMap(other -> quotient(measured, other));
        }
        double value = measured.value().median();
        String text = Figures.value(measured.value(), figure.metric()) + " ("
                + figure.metric().label() + ")";
        return Optional.of(verdict(value, text));
    }

    private Optional<Verdict> quotient(Measurement measured, Measurement other) {
        double divisor = other.value().median();
        if (divisor == 0) {
            return Optional.empty();
        }
        double quotient = measured.value().median() / divisor;
        return Optional.of(
                verdict(quotient, String.format(Locale.ROOT, "%.2f", quotient) + " x `" + other.subject() + "`"));
    }

    private Verdict verdict(double value, String text) {
        return new Verdict(text, bound.holds(value, limit));
    }

    private Optional<Measurement> best(RunRecord run, List<String> but) {
        Comparator<Measurement> byValue =
                Comparator.comparingDouble(each -> each.value().median());
        return run.measurements().stream()
                .filter(each -> each.caseName().equals(figure.caseName()) && each.metric() == figure.metric())
                .filter(each -> but.stream().noneMatch(each.subject()::startsWith))
                .max(bound == Bound.AT_LEAST ? byValue : byValue.reversed());
    }

    private @Nullable Measurement find(RunRecord run, String caseName, String subject) {
        for (Measurement each : run.measurements()) {
            if (each.caseName().equals(caseName)
                    && each.subject().equals(subject)
                    && each.metric() == figure.metric()) {
                return each;
            }
        }
        return null;
    }
}
