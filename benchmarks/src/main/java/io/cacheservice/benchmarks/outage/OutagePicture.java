package io.cacheservice.benchmarks.outage;

import io.cacheservice.benchmarks.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What readers waited for while Redis was away, as a picture.
 *
 * @param callers how many read
 * @param sourceMillis how long a load takes
 * @param faultAtMillis when the fault began
 * @param repairAtMillis when it ended
 */
public record OutagePicture(int callers, long sourceMillis, long faultAtMillis, long repairAtMillis) {
    /** The SVG of a scene: by subject, the 99th percentile in ms of each tenth of a second; NaN where there is none. */
    public String svg(String scene, Map<String, List<Double>> p99Millis) {
        List<LineChart.Line> lines = new ArrayList<>();
        p99Millis.forEach((subject, values) -> lines.add(new LineChart.Line(subject, values)));
        return new LineChart(
                        "99th percentile of " + callers + " readers, Redis a black hole, source of " + sourceMillis
                                + " ms (" + scene + ")",
                        "ms",
                        0.1,
                        (int) (faultAtMillis / 100),
                        new LineChart.Span(0, (repairAtMillis - faultAtMillis) / 1000.0, "Redis does not answer"),
                        lines)
                .svg();
    }
}
