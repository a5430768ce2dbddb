package io.cacheservice.benchmarks.report;

import static io.cacheservice.benchmarks.report.Aim.Bound.AT_LEAST;
import static io.cacheservice.benchmarks.report.Aim.Bound.AT_MOST;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.report.Aim.Against;
import io.cacheservice.benchmarks.report.Aim.Bound;
import io.cacheservice.benchmarks.report.Aim.Figure;
import java.util.List;

/** What Cache Service should reach beside the others, on a machine of two cores. */
final class Aims {
    private static final String SERVICE = "cache-service";
    private static final String LOOKUP = "cache-service-lookup";
    private static final Against ITSELF = new Against.Nothing();
    private static final Against BEST_OF_THE_OTHERS = new Against.BestBut(List.of(SERVICE, "limit"));

    private static final List<Aim> ALL = List.of(
            local("A hit in this process: at most 1.1 x bare Caffeine with lives of entries", SERVICE, 1.1),
            local("A hit in front of Redis: at most 1.2 x that", "cache-service-both", 1.2),
            new Aim(
                    "A hit in this process allocates no object: less than a tenth of the smallest, 1.6 B, with what Caffeine itself allocates",
                    "local",
                    new Figure("hit-1k-hot-1-thread", SERVICE, Metric.ALLOCATED_BYTES_PER_OPERATION),
                    ITSELF,
                    AT_MOST,
                    1.6),
            lookup("A lone caller gets value and remaining life from Redis at least 1.2 x as often", "1-platform", 1.2),
            lookup("64 platform threads: at least 1.9 x as often", "64-platform", 1.9),
            lookup("64 virtual threads: at least 3.5 x as often as Lettuce on platform threads", "64-virtual", 3.5),
            lookup("256 virtual threads: at least 4.5 x as often as Lettuce on platform threads", "256-virtual", 4.5),
            best("No client answers 64 callers more often", Metric.OPERATIONS_PER_SECOND, AT_LEAST),
            best("No client takes less CPU time for it", Metric.CLIENT_CPU_MICROS_PER_OPERATION, AT_MOST),
            besideLettuce("The slowest of a thousand is no slower than with Lettuce", Metric.P999_MICROS, 1),
            besideLettuce("It allocates half as much as Lettuce", Metric.ALLOCATED_BYTES_PER_OPERATION, 0.5),
            batch("Batches of 100 by one caller: as fast as Jedis' MGET", 1),
            batch("Batches of 100 by 8 callers: as fast as Jedis' MGET", 8),
            new Aim(
                    "Three masters share the work of one: together at most 1.2 x its CPU time for a batch",
                    "cluster",
                    new Figure(
                            "getall100-1KB-8-by-masters",
                            SERVICE + "-3-masters",
                            Metric.SERVER_CPU_MICROS_PER_OPERATION),
                    new Against.Subject("getall100-1KB-8-by-masters", SERVICE + "-1-master"),
                    AT_MOST,
                    1.2),
            document(
                    "Small documents take a third of their bytes, with no setting",
                    Metric.COMPRESSION_RATIO,
                    AT_LEAST,
                    3),
            document("One is read back in 1.5 us", Metric.DECOMPRESS_NANOS_PER_VALUE, AT_MOST, 1_500),
            new Aim(
                    "Redis needs at most 0.45 of the memory that plain values take",
                    "compression",
                    new Figure("small-json", "auto", Metric.SERVER_BYTES_PER_VALUE),
                    new Against.Subject("small-json", "plain-set"),
                    AT_MOST,
                    0.45),
            new Aim(
                    "Another process reads a write within a millisecond, in the median",
                    "coherence",
                    new Figure("write-to-seen", SERVICE, Metric.P50_MICROS),
                    ITSELF,
                    AT_MOST,
                    1_000),
            new Aim(
                    "No write is seen later than after a second",
                    "coherence",
                    new Figure("write-to-seen", SERVICE, Metric.LATER_THAN_A_SECOND),
                    ITSELF,
                    AT_MOST,
                    0),
            loads("256 threads that want one cold key cause one load", "cold-256-threads", Metric.LOADS),
            loads("So do threads in four processes", "cold-4-jvms", Metric.LOADS),
            loads("When a life ends, one load", "expiring-4-jvms", Metric.LOADS_PER_END),
            new Aim(
                    "Until Redis is left alone, 99 of 100 reads take at most `readTimeout` and twice the source: 60 ms, to the millisecond",
                    "outage",
                    new Figure("remote-first", SERVICE, Metric.P99_UNTIL_LEFT_ALONE_MILLIS),
                    ITSELF,
                    AT_MOST,
                    60.5),
            new Aim(
                    "From then on they take at most 1.2 x the source",
                    "outage",
                    new Figure("remote-later", SERVICE, Metric.P99_MILLIS),
                    new Against.Subject("remote-later", "bare-source"),
                    AT_MOST,
                    1.2),
            new Aim(
                    "While Redis is away, no read fails",
                    "outage",
                    new Figure("remote-later", SERVICE, Metric.ERRORS_PER_SECOND),
                    ITSELF,
                    AT_MOST,
                    0),
            firstAnswer(
                    "The first answer from memory takes at most 1.4 x what bare Caffeine takes",
                    "local",
                    "caffeine",
                    1.4),
            firstAnswer(
                    "The first answer from Redis takes at most 0.6 x what plain Lettuce takes",
                    "redis",
                    "lettuce",
                    0.6));

    private Aims() {}

    /** All of them, in the order of the page. */
    static List<Aim> all() {
        return ALL;
    }

    private static Aim local(String words, String subject, double limit) {
        return new Aim(
                words,
                "local",
                new Figure("hit-1k-hot-1-thread", subject, Metric.NANOS_PER_OPERATION),
                new Against.Subject("hit-1k-hot-1-thread", "caffeine-expiry"),
                AT_MOST,
                limit);
    }

    /** Beside Lettuce with as many platform threads, whatever the threads of the lookups are. */
    private static Aim lookup(String words, String callers, double limit) {
        String caseName = "get-1KB-" + callers;
        return new Aim(
                words,
                "redis",
                new Figure(caseName, LOOKUP, Metric.OPERATIONS_PER_SECOND),
                new Against.Subject(caseName.replace("virtual", "platform"), "lettuce-sync"),
                AT_LEAST,
                limit);
    }

    private static Aim best(String words, Metric metric, Bound bound) {
        return new Aim(words, "redis", new Figure("get-1KB-64-platform", LOOKUP, metric), BEST_OF_THE_OTHERS, bound, 1);
    }

    private static Aim besideLettuce(String words, Metric metric, double limit) {
        return new Aim(
                words,
                "redis",
                new Figure("get-1KB-64-platform", LOOKUP, metric),
                new Against.Subject("get-1KB-64-platform", "lettuce-sync"),
                AT_MOST,
                limit);
    }

    private static Aim batch(String words, int callers) {
        String caseName = "getall100-1KB-" + callers;
        return new Aim(
                words,
                "batch",
                new Figure(caseName, SERVICE, Metric.OPERATIONS_PER_SECOND),
                new Against.Subject(caseName, "jedis-pool-64"),
                AT_LEAST,
                1);
    }

    private static Aim document(String words, Metric metric, Bound bound, double limit) {
        return new Aim(words, "compression", new Figure("small-json", "auto", metric), ITSELF, bound, limit);
    }

    private static Aim firstAnswer(String words, String tier, String baseline, double limit) {
        return new Aim(
                words,
                "start",
                new Figure(tier, SERVICE + "-" + tier, Metric.FIRST_ANSWER_MILLIS),
                new Against.Subject(tier, baseline),
                AT_MOST,
                limit);
    }

    private static Aim loads(String words, String caseName, Metric metric) {
        return new Aim(words, "stampede", new Figure(caseName, SERVICE, metric), ITSELF, AT_MOST, 1);
    }
}
