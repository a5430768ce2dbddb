package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.chart.BarChart;
import io.cacheservice.benchmarks.chart.BarChart.Bar;
import io.cacheservice.benchmarks.chart.BarChart.Group;
import io.cacheservice.benchmarks.harness.Measurement;
import io.cacheservice.benchmarks.harness.RunRecord;
import io.cacheservice.benchmarks.harness.Spread;
import io.cacheservice.benchmarks.outage.OutagePicture;
import io.cacheservice.benchmarks.report.Chapter.Drawing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The pictures of a run, SVG by the name of the file. */
final class Drawings {
    private static final String OURS = "cache-service";

    private Drawings() {}

    static Map<String, String> of(Chapter chapter, RunRecord run) {
        Map<String, String> pictures = new LinkedHashMap<>();
        for (Drawing drawing : chapter.drawings()) {
            List<Group> groups = groups(drawing, run);
            if (!groups.isEmpty()) {
                String title = drawing.title() + "; 1 is " + drawing.baseline();
                pictures.put(drawing.name(), new BarChart(title, groups).svg());
            }
        }
        timelines(run, pictures);
        return pictures;
    }

    private static List<Group> groups(Drawing drawing, RunRecord run) {
        List<Group> groups = new ArrayList<>();
        CaseTable.byCase(run.measurements()).forEach((name, measurements) -> {
            if (drawing.cases().matcher(name).find()) {
                List<Bar> bars = bars(drawing, measurements);
                if (!bars.isEmpty()) {
                    groups.add(new Group(name, bars));
                }
            }
        });
        return groups;
    }

    private static List<Bar> bars(Drawing drawing, List<Measurement> measurements) {
        List<Bar> bars = new ArrayList<>();
        for (Measurement each : measurements) {
            Spread ratio = each.ratios().get(drawing.baseline());
            boolean drawn = each.metric() == drawing.metric()
                    && !drawing.without().contains(each.subject())
                    && !each.subject().equals(drawing.baseline());
            if (drawn && ratio != null) {
                bars.add(new Bar(
                        each.subject(),
                        ratio.median(),
                        ratio.lowerQuartile(),
                        ratio.upperQuartile(),
                        each.subject().startsWith(OURS)));
            }
        }
        return bars;
    }

    private static void timelines(RunRecord run, Map<String, String> pictures) {
        JsonNode facts = run.facts();
        if (facts.has("p99MillisPer100Millis")) {
            OutagePicture picture = new OutagePicture(
                    facts.required("callers").asInt(),
                    facts.required("sourceMillis").asLong(),
                    facts.required("faultAtMillis").asLong(),
                    facts.required("repairAtMillis").asLong());
            facts.required("p99MillisPer100Millis").properties().forEach(scene -> {
                Map<String, List<Double>> bySubject = new LinkedHashMap<>();
                scene.getValue()
                        .properties()
                        .forEach(line -> bySubject.put(
                                line.getKey(),
                                line.getValue()
                                        .valueStream()
                                        .map(value -> value.isNumber() ? value.asDouble() : Double.NaN)
                                        .toList()));
                pictures.put("outage-" + scene.getKey(), picture.svg(scene.getKey(), bySubject));
            });
        }
    }
}
