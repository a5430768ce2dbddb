package io.cacheservice.redis.coherence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ReadOptions;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Writes that follow an invalidation by another process, of which their own has not heard: the epochs of the cache are on one
 * server, whose answers are held back, and the entry is on another.
 */
class WritesAfterInvalidationsTest {
    private static final byte[] OTHER_EPOCH = "0123456789abcdef".getBytes(US_ASCII);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisCluster cluster = RedisCluster.builder().throughProxies().start();
    private final CacheService service = CacheService.open(CacheConfig.builder()
            .nodes(cluster.seeds())
            .poolSize(1)
            .readTimeout(PATIENCE)
            .writeTimeout(PATIENCE)
            .build());
    private final Cache<String, String> cache =
            service.cache("names", String.class).open();
    private String epochKey = "";
    private RedisServer ofEpochs = cluster.masters().get(0);

    @BeforeEach
    void holdAnEpoch() {
        cache.put("first", "value");
        ofEpochs = cluster.masters().stream()
                .filter(master -> !keys(master).isEmpty())
                .findFirst()
                .orElseThrow();
        epochKey = String.valueOf(keys(ofEpochs).get(0));
    }

    private static List<?> keys(RedisServer server) {
        return (List<?>) Objects.requireNonNull(server.command("KEYS", "cache:~t:names:*"));
    }

    @AfterEach
    void stop() {
        service.close();
        cluster.close();
    }

    private String onAnotherServer() {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "k" + i)
                .filter(key -> !cluster.masterOf("cache:names:" + key).equals(ofEpochs))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWriteAfterAClearByAnotherProcessIsNotLost() {
        assertIsNotLost(key -> cache.async().put(key, "after"), WriteOutcome.APPLIED);
    }

    @Test
    void whatIsPutIfAbsentAfterAClearByAnotherProcessIsNotLost() {
        assertIsNotLost(key -> cache.async().putIfAbsent(key, "after"), true);
    }

    @Test
    void aRemovalThatComesBetweenIsNotUndone() {
        String key = onAnotherServer();
        CompletableFuture<WriteOutcome> written =
                clearedUnheardWhile(key, () -> cache.async().put(key, "after"));
        assertThat(cache.invalidate(key)).isEqualTo(WriteOutcome.APPLIED);
        cluster.proxyOf(ofEpochs).release();

        assertThat(written).succeedsWithin(PATIENCE);
        awaitThatTheClearIsHeard();
        assertThat(cache.get(key, ReadOptions.latest())).isNull();
    }

    private <T> void assertIsNotLost(Function<String, CompletableFuture<T>> writing, T expected) {
        String key = onAnotherServer();
        CompletableFuture<T> written = clearedUnheardWhile(key, () -> writing.apply(key));
        cluster.proxyOf(ofEpochs).release();

        assertThat(written).succeedsWithin(PATIENCE).isEqualTo(expected);
        awaitThatTheClearIsHeard();
        assertThat(cache.get(key, ReadOptions.latest())).isEqualTo("after");
    }

    /** Another process clears the cache, the server falls silent before that is announced, and then something is written. */
    private <T> CompletableFuture<T> clearedUnheardWhile(String key, Supplier<CompletableFuture<T>> writing) {
        RedisServer ofEntry = cluster.masterOf("cache:names:" + key);
        cluster.proxyOf(ofEpochs).hold(Direction.TO_CLIENT);
        ofEpochs.commandBytes("SET".getBytes(US_ASCII), epochKey.getBytes(US_ASCII), OTHER_EPOCH);
        CompletableFuture<T> written = writing.get();
        Awaitility.await().until(() -> Long.valueOf(1).equals(ofEntry.command("EXISTS", "cache:names:" + key)));
        return written;
    }

    /** What was announced before an answer was heard when the answer is. */
    private void awaitThatTheClearIsHeard() {
        String there = IntStream.range(0, 1_000)
                .mapToObj(i -> "k" + i)
                .filter(key -> cluster.masterOf("cache::" + key).equals(ofEpochs))
                .findFirst()
                .orElseThrow();
        assertThat(service.get(there)).isNull();
    }
}
