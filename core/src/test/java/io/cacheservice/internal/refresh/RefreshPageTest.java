package io.cacheservice.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Refresh;
import io.cacheservice.internal.refresh.SimulatedEnds.Means;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The figures of {@code docs/refresh.md} are those of the simulation. {@code -Dupdate.docs=true} writes them anew. */
class RefreshPageTest {
    private static final Path PAGE = Path.of("..", "docs", "refresh.md");
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration COST = Duration.ofMillis(100);
    private static final int ENDS = 2_000;

    private static Map<String, Refresh> policies() {
        Map<String, Refresh> policies = new LinkedHashMap<>();
        policies.put("`none()`", Refresh.none());
        policies.put("`xfetch()`", Refresh.xfetch());
        policies.put("`xfetch(3)`", Refresh.xfetch(3));
        policies.put("`threshold(10 s, 0.1)`", Refresh.threshold(Duration.ofSeconds(10), 0.1));
        policies.put("`eager(0.8)`", Refresh.eager(0.8));
        policies.put(
                "`staleWhileRevalidate(10 min, xfetch())`",
                Refresh.staleWhileRevalidate(Duration.ofMinutes(10), Refresh.xfetch()));
        return policies;
    }

    private static Map<String, Double> readsPerSecond() {
        Map<String, Double> reads = new LinkedHashMap<>();
        reads.put("1 a minute", 1 / 60.0);
        reads.put("1 a second", 1.0);
        reads.put("10", 10.0);
        reads.put("100", 100.0);
        reads.put("1,000", 1_000.0);
        return reads;
    }

    @Test
    void theFiguresOfThePageAreThoseOfTheSimulation() throws IOException {
        String page = Files.readString(PAGE);
        String expected = page;
        for (Map.Entry<String, String> table : tables().entrySet()) {
            expected = replaced(expected, table.getKey(), table.getValue());
        }
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, expected);
            page = expected;
        }
        assertThat(page)
                .as("docs/refresh.md; write its figures anew with -Dupdate.docs=true")
                .isEqualTo(expected);
    }

    private static Map<String, String> tables() {
        Map<String, List<Means>> means = new LinkedHashMap<>();
        policies().forEach((name, policy) -> means.put(name, rates(policy)));
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("waits", byPolicy(means, each -> percent(each.waited())));
        tables.put("given-up", byPolicy(means, each -> percent(each.givenUp())));
        tables.put("loads", byPolicy(means, each -> String.format(Locale.ROOT, "%.1f", each.loads())));
        tables.put("beta", byBeta());
        return tables;
    }

    private static List<Means> rates(Refresh policy) {
        return readsPerSecond().values().stream()
                .map(reads -> SimulatedEnds.of(policy, reads, LIFE, COST).run(ENDS))
                .toList();
    }

    private static String byPolicy(Map<String, List<Means>> means, Function<Means, String> cell) {
        List<String> lines = new ArrayList<>();
        lines.add("| reads | " + String.join(" | ", readsPerSecond().keySet()) + " |");
        lines.add("| --- |" + " --- |".repeat(readsPerSecond().size()));
        means.forEach((name, each) -> lines.add(
                "| " + name + " | " + String.join(" | ", each.stream().map(cell).toList()) + " |"));
        return String.join("\n", lines);
    }

    private static String byBeta() {
        List<String> lines = new ArrayList<>();
        lines.add("| beta | lead | by the formula | late | by the formula | loads without a lease | by the formula |");
        lines.add("| --- |" + " --- |".repeat(6));
        for (double beta : new double[] {0.5, 1, 2, 3}) {
            double reads = 100;
            double mean = beta * COST.toMillis() / 1_000;
            Means means =
                    SimulatedEnds.of(Refresh.xfetch(beta), reads, LIFE, COST).run(5 * ENDS);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.0f ms | %.0f ms | %s | %s | %.2f | %.2f |",
                    beta == Math.rint(beta) ? String.valueOf((int) beta) : String.valueOf(beta),
                    1_000 * means.leadSeconds(),
                    1_000 * mean * (Math.log(reads * mean) + 0.5772),
                    percent(means.late()),
                    percent(Math.exp(-reads * mean * Math.exp(-1 / beta))),
                    means.loads(),
                    Math.exp(1 / beta)));
        }
        return String.join("\n", lines);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String replaced(String page, String name, String table) {
        String begin = "<!-- figures: " + name + " -->\n";
        String end = "\n<!-- end -->";
        int from = page.indexOf(begin);
        assertThat(from).as("the place of the table '" + name + "'").isNotNegative();
        int to = page.indexOf(end, from);
        assertThat(to).as("the end of the table '" + name + "'").isNotNegative();
        return page.substring(0, from + begin.length()) + table + page.substring(to);
    }
}
