package io.cacheservice.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The programs of the {@code start} suite, and the libraries of each: what a user's build would resolve, and one logger. */
final class StartSubjects {
    static final String EMPTY = "empty";
    static final String CAFFEINE = "caffeine";
    static final String LETTUCE = "lettuce";

    private static final List<String> OF_CAFFEINE = List.of("caffeine", "jspecify", "error_prone_annotations");
    private static final List<String> OF_LETTUCE = List.of(
            "lettuce-core",
            "redis-authx-core",
            "netty-common",
            "netty-handler",
            "netty-transport-native-unix-common",
            "netty-codec-base",
            "netty-transport",
            "netty-resolver-dns",
            "netty-codec-dns",
            "netty-buffer",
            "netty-resolver",
            "reactor-core",
            "reactive-streams",
            "slf4j-api",
            "slf4j-jdk14");

    private static final Map<String, List<String>> LOCAL = local();
    private static final Map<String, List<String>> REDIS = redis();

    private StartSubjects() {}

    /** Those that answer from their own memory. */
    static Set<String> localNames() {
        return LOCAL.keySet();
    }

    /** Those that are answered by Redis. */
    static Set<String> redisNames() {
        return REDIS.keySet();
    }

    /** What is on the class path of one. */
    static List<String> libraries(String subject) {
        return Objects.requireNonNull(LOCAL.containsKey(subject) ? LOCAL.get(subject) : REDIS.get(subject));
    }

    private static Map<String, List<String>> local() {
        Map<String, List<String>> subjects = new LinkedHashMap<>();
        subjects.put(EMPTY, List.of());
        subjects.put(CAFFEINE, OF_CAFFEINE);
        subjects.put(
                "jetcache-local",
                joined(OF_CAFFEINE, List.of("jetcache-core", "jetcache-anno-api", "slf4j-api", "slf4j-jdk14")));
        subjects.put("cache-service-local", joined(List.of("core", "HdrHistogram"), OF_CAFFEINE));
        return subjects;
    }

    private static Map<String, List<String>> redis() {
        Map<String, List<String>> subjects = new LinkedHashMap<>();
        subjects.put(EMPTY, List.of());
        subjects.put(
                "jedis",
                List.of("jedis", "commons-pool2", "json", "gson", "redis-authx-core", "slf4j-api", "slf4j-jdk14"));
        subjects.put(LETTUCE, OF_LETTUCE);
        subjects.put(
                "spring-data-redis",
                joined(
                        OF_LETTUCE,
                        List.of(
                                "spring-data-redis",
                                "spring-data-keyvalue",
                                "spring-data-commons",
                                "spring-core",
                                "spring-beans",
                                "spring-context",
                                "spring-context-support",
                                "spring-expression",
                                "spring-aop",
                                "spring-tx",
                                "spring-oxm",
                                "commons-logging",
                                "micrometer-observation",
                                "micrometer-commons")));
        subjects.put(
                "jetcache-both",
                joined(
                        OF_CAFFEINE,
                        joined(OF_LETTUCE, List.of("jetcache-core", "jetcache-anno-api", "jetcache-redis-lettuce"))));
        subjects.put(
                "cache-service-redis",
                joined(
                        List.of("core", "redis", "HdrHistogram", "resilience4j-circuitbreaker", "resilience4j-core"),
                        joined(OF_CAFFEINE, OF_LETTUCE)));
        return subjects;
    }

    private static List<String> joined(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }
}
