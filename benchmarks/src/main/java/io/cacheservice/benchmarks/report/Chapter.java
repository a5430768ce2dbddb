package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.harness.Metric;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the page shows a suite.
 *
 * @param compared what its tables show with range and ratios; the other metrics show their median
 * @param lead found in the names of the cases whose tables stand open; those of the others are folded
 * @param drawings in their order
 */
record Chapter(String suite, List<Metric> compared, Pattern lead, List<Drawing> drawings) {
    /**
     * A picture of ratios.
     *
     * @param name of the file
     * @param title what is drawn, in words
     * @param cases found in the names of the cases that are drawn
     * @param baseline what one is
     * @param without subjects that are left out, which would only stretch the scale
     */
    record Drawing(String name, String title, Pattern cases, Metric metric, String baseline, List<String> without) {}
}
