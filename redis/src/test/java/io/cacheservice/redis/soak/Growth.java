package io.cacheservice.redis.soak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Whether the figures of a process grew while a run went on. Safe for use by many threads. */
final class Growth {
    /** Of the samples: they belong to the start, when caches fill and code is compiled. */
    private static final double WARM_UP = 0.2;

    private static final double FLAT = 1.15;

    private final String subject;
    private final List<Vitals> samples = new CopyOnWriteArrayList<>();

    Growth(String subject) {
        this.subject = subject;
    }

    void add(Vitals vitals) {
        samples.add(vitals);
    }

    int samples() {
        return samples.size();
    }

    /** The medians of the first and of the last third of what was sampled after the start, a line each. */
    List<String> lines() {
        return names().map(name -> line(name, values(name))).toList();
    }

    /** What was sampled. */
    List<String> figures() {
        return names().map(this::figure).toList();
    }

    /** The figures whose last third is more than 15 % over the first. */
    List<String> grown() {
        return names().filter(name -> Thirds.of(values(name)).ratio() > FLAT)
                .map(this::figure)
                .toList();
    }

    private Stream<String> names() {
        return samples.stream()
                .flatMap(vitals -> vitals.figures().keySet().stream())
                .distinct();
    }

    private List<Long> values(String name) {
        return samples.stream()
                .map(vitals -> vitals.figures().getOrDefault(name, 0L))
                .toList();
    }

    private String figure(String name) {
        return subject + " " + name;
    }

    private String line(String name, List<Long> values) {
        Thirds thirds = Thirds.of(values);
        long largest = values.stream().mapToLong(Long::longValue).max().orElse(0);
        return String.format(
                "%-10s %-32s first third %,15d  last third %,15d  x %.2f  largest %,15d",
                subject, name, thirds.first(), thirds.last(), thirds.ratio(), largest);
    }

    private record Thirds(long first, long last) {
        static Thirds of(List<Long> values) {
            List<Long> warm = values.subList((int) (values.size() * WARM_UP), values.size());
            int third = Math.max(1, warm.size() / 3);
            return new Thirds(median(warm.subList(0, third)), median(warm.subList(warm.size() - third, warm.size())));
        }

        double ratio() {
            return first == 0 ? (last == 0 ? 1 : Double.POSITIVE_INFINITY) : (double) last / first;
        }

        private static long median(List<Long> values) {
            return values.stream().sorted().toList().get(values.size() / 2);
        }
    }
}
