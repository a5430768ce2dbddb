package io.cacheservice.benchmarks.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over time on a logarithmic scale, as an SVG that needs no font, script or style of its own.
 *
 * @param title above the picture
 * @param unit of the values
 * @param secondsPerStep from one value of a line to the next
 * @param zeroStep the step at which the time is zero
 * @param shaded what is shown behind the lines
 * @param lines in the order of the legend
 */
public record LineChart(String title, String unit, double secondsPerStep, int zeroStep, Span shaded, List<Line> lines) {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 230;
    private static final int TOP = 46;
    private static final int BOTTOM = 44;
    private static final int LEGEND_STEP = 20;

    /** Told apart by people who see no red or no green too: the palette of Okabe and Ito. */
    private static final List<String> COLORS =
            List.of("#000000", "#0072b2", "#d55e00", "#e69f00", "#cc79a7", "#009e73", "#56b4e9", "#8a7a00");

    /**
     * A line.
     *
     * @param values one for each step; NaN where there is none
     */
    public record Line(String name, List<Double> values) {}

    /** A while, in seconds, with what it is. */
    public record Span(double from, double to, String label) {}

    /** The text of the file. */
    public String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        int steps = lines.stream().mapToInt(line -> line.values().size()).max().orElse(1);
        Scale scale = Scale.of(lines, steps);
        shade(svg, scale);
        axes(svg, scale, steps);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, scale, lines.get(i), COLORS.get(i % COLORS.size()), i);
        }
        return svg.end();
    }

    private void shade(Svg svg, Scale scale) {
        double from = scale.x(zeroStep + shaded.from() / secondsPerStep);
        double to = scale.x(zeroStep + shaded.to() / secondsPerStep);
        svg.rectangle(from, TOP, to - from, HEIGHT - TOP - BOTTOM, "#f0f0f0");
        svg.text(from + 4, TOP + 14, "start", "#606060", shaded.label());
    }

    private void axes(Svg svg, Scale scale, int steps) {
        svg.text(LEFT, 22, "start", "#000000", title);
        for (double value = scale.least(); value <= scale.most() * 1.001; value *= 10) {
            double y = scale.y(value);
            svg.line(List.of(new double[] {LEFT, y}, new double[] {WIDTH - RIGHT, y}), "#d0d0d0", 1, "");
            svg.text(LEFT - 8, y + 4, "end", "#404040", number(value) + " " + unit);
        }
        int stepsPerSecond = (int) Math.round(1 / secondsPerStep);
        for (int step = zeroStep % stepsPerSecond; step <= steps; step += stepsPerSecond) {
            String label = number((step - zeroStep) * secondsPerStep) + " s";
            svg.text(scale.x(step), HEIGHT - BOTTOM + 18, "middle", "#404040", label);
        }
        svg.line(
                List.of(new double[] {LEFT, HEIGHT - BOTTOM}, new double[] {WIDTH - RIGHT, HEIGHT - BOTTOM}),
                "#404040",
                1,
                "");
    }

    private static void draw(Svg svg, Scale scale, Line line, String color, int number) {
        // dashes too, for a print without colours
        String dashes = number < 2
                ? ""
                : List.of("6 3", "2 2", "8 3 2 3", "10 4", "4 4", "1 3").get((number - 2) % 6);
        List<double[]> points = new ArrayList<>();
        for (int step = 0; step < line.values().size(); step++) {
            double value = line.values().get(step);
            if (!Double.isNaN(value)) {
                points.add(new double[] {scale.x(step + 0.5), scale.y(value)});
            }
        }
        svg.line(points, color, number == 1 ? 3 : 1.8, dashes);
        double y = TOP + 8 + number * LEGEND_STEP;
        double x = WIDTH - RIGHT + 16;
        svg.line(List.of(new double[] {x, y}, new double[] {x + 34, y}), color, number == 1 ? 3 : 1.8, dashes);
        svg.text(x + 42, y + 4, "start", "#000000", line.name());
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }

    /** Where values lie: powers of ten around all of them. */
    private record Scale(double least, double most, int steps) {
        static Scale of(List<Line> lines, int steps) {
            double[] known = lines.stream()
                    .flatMap(line -> line.values().stream())
                    .mapToDouble(Double::doubleValue)
                    .filter(value -> value > 0)
                    .sorted()
                    .toArray();
            double least = known.length == 0 ? 1 : Math.pow(10, Math.floor(Math.log10(known[0])));
            double most = known.length == 0 ? 10 : Math.pow(10, Math.ceil(Math.log10(known[known.length - 1])));
            return new Scale(least, Math.max(most, least * 10), steps);
        }

        double x(double step) {
            return LEFT + step / steps * (WIDTH - LEFT - RIGHT);
        }

        double y(double value) {
            double share = Math.log10(Math.max(value, least) / least) / Math.log10(most / least);
            return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
        }
    }
}
