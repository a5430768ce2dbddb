package io.cacheservice.benchmarks.start.program;

import org.jspecify.annotations.Nullable;

/** Opens one library, stores a value, asks for it, and says how many nanoseconds that took after {@code main} began. */
public final class FirstAnswer {
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String LOOPBACK = "127.0.0.1";
    static final long LIFE_SECONDS = 3_600;

    private FirstAnswer() {}

    /** With the name of a subject, and the port of a Redis. Nothing may be loaded here that the subject itself does not load. */
    public static void main(String[] arguments) {
        long begun = System.nanoTime();
        @Nullable String answer = answer(arguments[0], Integer.parseInt(arguments[1]));
        long nanos = System.nanoTime() - begun;
        if (!VALUE.equals(answer)) {
            System.err.println("answered: ".concat(String.valueOf(answer)));
            System.exit(1);
        }
        System.out.println(nanos);
        System.exit(0);
    }

    private static @Nullable String answer(String subject, int port) {
        return switch (subject) {
            case "caffeine" -> OfCaffeine.answer();
            case "jetcache-local" -> OfJetCacheLocal.answer();
            case "cache-service-local" -> OfCacheService.local();
            case "jedis" -> OfJedis.answer(port);
            case "lettuce" -> OfLettuce.answer(port);
            case "spring-data-redis" -> OfSpring.answer(port);
            case "jetcache-both" -> OfJetCacheBoth.answer(port);
            case "cache-service-redis" -> OfCacheService.redis(port);
            default -> VALUE;
        };
    }
}
