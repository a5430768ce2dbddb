package io.cacheservice.redis.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryFormat;
import io.cacheservice.ListeningConnection;
import io.cacheservice.Tier;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** How the tests open caches with local copies, and wait for what they mean. */
final class Local {
    /** A bound that no test lives to see: copies end only because something ended them. */
    static final Duration LONG = Duration.ofMinutes(10);
    /** A bound that is not over before the next step, also on a busy machine; the server is asked each second. */
    static final Duration SECONDS = Duration.ofSeconds(4);
    /** A bound whose end a test can wait for. */
    static final Duration SHORT = Duration.ofMillis(300);

    private static final long HANG_SECONDS = 20;

    private Local() {}

    /** Budgets so long that only what hangs misses them. */
    static CacheConfig.Builder settings(Duration maxStaleness) {
        return CacheConfig.builder()
                .maxStaleness(maxStaleness)
                // so that nobody reads here but the test
                .coherenceSampleInterval(Duration.ZERO)
                .connectTimeout(Duration.ofSeconds(15))
                .readTimeout(Duration.ofSeconds(15))
                .writeTimeout(Duration.ofSeconds(15));
    }

    static CacheService open(String url, Duration maxStaleness) {
        return CacheService.open(settings(maxStaleness).url(url).build());
    }

    /** A cache of text under the very keys of Redis, so that any client can read and write it. */
    static Cache<String, String> shared(CacheService service) {
        return shared(service, "shared").open();
    }

    static CacheBuilder<String, String> shared(CacheService service, String name) {
        return service.cache(name, String.class).format(EntryFormat.RAW).redisKey(key -> key);
    }

    /** Until {@code key} is answered from this process, with {@code value}. */
    static void awaitCopy(Cache<String, String> cache, String key, @Nullable String value) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    var found = cache.lookup(key);
                    assertThat(found.valueOrNull()).isEqualTo(value);
                    return found.tier() == Tier.LOCAL;
                });
    }

    /** Until every connection of {@code service} has heard of all that changed before this call. */
    static void awaitHeard(CacheService service) {
        long calledAtNanos = System.nanoTime();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    List<ListeningConnection> connections = service.coherence().connections();
                    long sinceNanos = System.nanoTime() - calledAtNanos;
                    return !connections.isEmpty()
                            && connections.stream()
                                    .allMatch(connection -> connection
                                                    .heardAge()
                                                    .isPresent()
                                            && connection.heardAge().get().toNanos() < sinceNanos);
                });
    }

    /** Until more than {@code bound} has passed since {@code nanos}. */
    static void awaitPast(long nanos, Duration bound) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> System.nanoTime() - nanos > bound.toNanos());
    }

    /** Until the server has looked for a key that it has, as {@code hitsBefore} were when it had not yet. */
    static void awaitReadAtServer(RedisServer server, long hitsBefore) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> hits(server) > hitsBefore);
    }

    /** How often the server has found a key that was read. */
    static long hits(RedisServer server) {
        return Long.parseLong(server.info().getOrDefault("keyspace_hits", "0"));
    }

    /** Why the one connection of {@code service} is not trusted, until it says {@code words}. */
    static void awaitDoubt(CacheService service, String words) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> service.coherence().connections().stream()
                        .anyMatch(connection -> connection.doubt().contains(words)));
    }

    static <T extends @Nullable Object> T get(CompletableFuture<T> future)
            throws ExecutionException, InterruptedException {
        try {
            return future.get(HANG_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("never answered", e);
        }
    }
}
