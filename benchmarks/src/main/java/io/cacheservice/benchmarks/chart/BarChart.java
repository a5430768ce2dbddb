package io.cacheservice.benchmarks.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Ratios as bars that begin at one, on a logarithmic scale: twice as much is as long to the right as half as much is to the left. As an
 * SVG that needs no font, script or style of its own.
 *
 * @param title above the picture
 * @param groups from top to bottom
 */
public record BarChart(String title, List<Group> groups) {
    private static final int WIDTH = 900;
    private static final int LEFT = 210;
    private static final int RIGHT = 70;
    private static final int TOP = 56;
    private static final int BOTTOM = 14;
    private static final int BAR = 18;
    private static final int GROUP_TITLE = 26;

    /** Bars that are compared with each other. */
    public record Group(String title, List<Bar> bars) {}

    /**
     * A ratio.
     *
     * @param low the end of its range
     * @param high the other end
     * @param ours whether it is drawn in colour
     */
    public record Bar(String name, double ratio, double low, double high, boolean ours) {}

    /** The text of the file. */
    public String svg() {
        int bars = groups.stream().mapToInt(group -> group.bars().size()).sum();
        int height = TOP + groups.size() * GROUP_TITLE + bars * BAR + BOTTOM;
        Svg svg = new Svg(WIDTH, height, title);
        svg.text(10, 22, "start", "#000000", title);
        Scale scale = Scale.of(groups);
        axes(svg, scale, height);
        double y = TOP;
        for (Group group : groups) {
            svg.text(10, y + 17, "start", "#000000", group.title());
            y += GROUP_TITLE;
            for (Bar bar : group.bars()) {
                draw(svg, scale, bar, y);
                y += BAR;
            }
        }
        return svg.end();
    }

    private static void axes(Svg svg, Scale scale, int height) {
        for (double tick = scale.least; tick <= scale.most * 1.001; tick *= scale.step) {
            boolean one = Math.abs(tick - 1) < 0.001;
            double x = scale.x(tick);
            svg.line(
                    List.of(new double[] {x, TOP - 6}, new double[] {x, height - BOTTOM}),
                    one ? "#000000" : "#d0d0d0",
                    1,
                    "");
            svg.text(x, TOP - 12, "middle", "#404040", number(tick));
        }
    }

    private static void draw(Svg svg, Scale scale, Bar bar, double y) {
        svg.text(LEFT - 10, y + 13, "end", "#000000", bar.name());
        double from = Math.min(scale.x(1), scale.x(bar.ratio()));
        double to = Math.max(scale.x(1), scale.x(bar.ratio()));
        svg.rectangle(from, y + 3, to - from, BAR - 6, bar.ours() ? "#0072b2" : "#a8a8a8");
        double middle = y + BAR / 2.0;
        svg.line(
                List.of(new double[] {scale.x(bar.low()), middle}, new double[] {scale.x(bar.high()), middle}),
                "#000000",
                1,
                "");
        double end = Math.max(to, scale.x(bar.high()));
        svg.text(end + 6, y + 13, "start", "#000000", String.format(Locale.ROOT, "%.2f", bar.ratio()));
    }

    private static String number(double value) {
        return value >= 1
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(Math.round(value * 10_000) / 10_000.0);
    }

    /** Powers of two around all ratios, or of ten where they lie far apart. */
    private record Scale(double least, double most, double step) {
        private static final double FAR = 128;

        static Scale of(List<Group> groups) {
            double[] known = groups.stream()
                    .flatMap(group -> group.bars().stream())
                    .flatMap(bar -> Stream.of(bar.ratio(), bar.low(), bar.high()))
                    .mapToDouble(Double::doubleValue)
                    .filter(ratio -> ratio > 0)
                    .sorted()
                    .toArray();
            double lowest = known.length == 0 ? 1 : known[0];
            double highest = known.length == 0 ? 1 : known[known.length - 1];
            double step = highest / lowest > FAR ? 10 : 2;
            return new Scale(
                    Math.pow(step, Math.min(-1, Math.floor(Math.log(lowest) / Math.log(step)))),
                    Math.pow(step, Math.max(1, Math.ceil(Math.log(highest) / Math.log(step)))),
                    step);
        }

        double x(double ratio) {
            double share = Math.log(Math.max(ratio, least) / least) / Math.log(most / least);
            return LEFT + share * (WIDTH - LEFT - RIGHT);
        }
    }
}
