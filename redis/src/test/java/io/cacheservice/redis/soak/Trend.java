package io.cacheservice.redis.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a figure goes: by how much it would rise over the second half of what was sampled, if it went on as it did from one
 * sample of that half to another in the median of all pairs (Theil and Sen). A few samples that stand out do not matter, nor
 * when the samples were taken. The first half belongs to the start, when caches fill and code is compiled.
 */
final class Trend {
    /** With fewer samples in the half that counts, nothing can be said. */
    static final int LEAST_SAMPLES = 5;

    /** One sample. */
    record Point(double seconds, double value) {}

    private Trend() {}

    /** By how much it rises over the second half; negative where it falls; zero with too few samples. */
    static double rise(List<Point> points) {
        List<Point> half = secondHalf(points);
        if (half.size() < LEAST_SAMPLES) {
            return 0;
        }
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < half.size(); i++) {
            for (int j = i + 1; j < half.size(); j++) {
                double time = half.get(j).seconds() - half.get(i).seconds();
                if (time > 0) {
                    slopes.add((half.get(j).value() - half.get(i).value()) / time);
                }
            }
        }
        double length = half.get(half.size() - 1).seconds() - half.get(0).seconds();
        return slopes.isEmpty() ? 0 : median(slopes) * length;
    }

    /** The samples of the later half of the time. */
    static List<Point> secondHalf(List<Point> points) {
        if (points.isEmpty()) {
            return List.of();
        }
        double first = points.get(0).seconds();
        double last = points.get(points.size() - 1).seconds();
        double middle = first + (last - first) / 2;
        return points.stream().filter(point -> point.seconds() >= middle).toList();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
