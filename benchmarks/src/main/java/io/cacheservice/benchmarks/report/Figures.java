package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Spread;
import java.util.Locale;

/** Numbers as the page writes them. */
final class Figures {
    private Figures() {}

    /** A median with as many digits as its metric deserves. */
    static String value(Spread value, Metric metric) {
        return number(value.median(), metric.decimals());
    }

    /** A median and, where they differ from it, the least and the most. */
    static String range(Spread value, Metric metric) {
        String median = value(value, metric);
        String least = number(value.min(), metric.decimals());
        String most = number(value.max(), metric.decimals());
        return least.equals(median) && most.equals(median) ? median : median + " (" + least + "–" + most + ")";
    }

    /** A ratio and, where they differ from it, its quartiles. */
    static String ratio(Spread ratio) {
        String median = number(ratio.median(), 2);
        String lower = number(ratio.lowerQuartile(), 2);
        String upper = number(ratio.upperQuartile(), 2);
        return lower.equals(median) && upper.equals(median) ? median : median + " (" + lower + "–" + upper + ")";
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
