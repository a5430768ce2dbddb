package io.cacheservice.redis.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.AsyncCacheService;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.Reason;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.chaos.Chaos;
import io.cacheservice.testkit.chaos.ChaosPlan;
import io.cacheservice.testkit.chaos.Trouble;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each trouble of the tier is what its name says: seen by readers and writers without a source, and by looking into Redis. */
@Timeout(60)
class ChaosTierTest {
    private static final Duration BUDGET = Duration.ofMillis(1_500);
    private static final byte[] VALUE = "value".getBytes(UTF_8);
    private static final RedisServer SERVER = RedisServer.start();

    private final Chaos chaos = Chaos.seeded(11);
    private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
    private final CacheService service = CacheService.builder()
            .config(CacheConfig.builder()
                    .url(SERVER.url())
                    .readTimeout(BUDGET)
                    .writeTimeout(BUDGET)
                    .maxStaleness(Duration.ZERO)
                    .build())
            .executor(oneThread)
            .remoteTier(chaos.remoteTier())
            .open();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void awaitConnected() {
        service.set("k", VALUE);
    }

    @AfterEach
    void close() {
        service.close();
        chaos.close();
        oneThread.shutdownNow();
        SERVER.command("FLUSHALL");
    }

    @Test
    void aQuietOneIsNotNoticed() {
        assertThat(service.get("k")).isEqualTo(VALUE);
        assertThat(chaos.count(Trouble.NONE)).isPositive();
        assertThat(service.stats().connections()).isNotEmpty();
    }

    @Test
    void whatFailsHasNotBeenSent() {
        chaos.begin(ChaosPlan.none().failing(1));

        assertThatThrownBy(() -> service.get("k"))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("chaos");
        assertThatThrownBy(() -> service.set("new", VALUE))
                .isInstanceOfSatisfying(
                        CacheConnectionException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED));
        assertThat(SERVER.command("EXISTS", "cache::new")).isEqualTo(0L);
        assertThat(chaos.count(Trouble.FAILED)).isEqualTo(2);
    }

    @Test
    void whatVanishesHasBeenDoneAndItsCallerHearsNothingWithinItsTime() {
        chaos.begin(ChaosPlan.none().vanishing(1));
        long began = System.nanoTime();

        assertThatThrownBy(() -> service.set("new", VALUE))
                .isInstanceOfSatisfying(
                        CacheTimeoutException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(FailedOutcome.UNKNOWN));

        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(BUDGET.toNanos());
        assertThat(SERVER.command("EXISTS", "cache::new")).isEqualTo(1L);
        assertThatThrownBy(() -> service.get("k")).isInstanceOf(CacheTimeoutException.class);
    }

    @Test
    void whatIsDelayedComesLaterAndWhatIsDelayedForTooLongDoesNot() {
        chaos.begin(ChaosPlan.none().delaying(1, Duration.ofMillis(100)));
        long began = System.nanoTime();

        assertThat(service.get("k")).isEqualTo(VALUE);

        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        chaos.begin(ChaosPlan.none().delaying(1, BUDGET));
        assertThatThrownBy(() -> service.get("k")).isInstanceOf(CacheTimeoutException.class);
    }

    @Test
    void delaysHoldNoThreadOfTheServiceAndDoNotAddUp() throws Exception {
        chaos.begin(ChaosPlan.none().delaying(1, Duration.ofMillis(500)));
        AsyncCacheService async = service.async();
        long began = System.nanoTime();

        List<CompletableFuture<byte[]>> reads = IntStream.range(0, 200)
                .mapToObj(i -> async.get("k").toCompletableFuture())
                .toList();
        // the only thread there is
        oneThread.submit(() -> {}).get(10, TimeUnit.SECONDS);
        assertThat(reads.get(reads.size() - 1)).isNotDone();
        for (CompletableFuture<byte[]> read : reads) {
            assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(VALUE);
        }

        assertThat(System.nanoTime() - began).as("not 200 times 500 ms").isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void bytesThatAreReadWrongAreACountedMiss() {
        chaos.begin(ChaosPlan.none().corrupting(1));

        for (int i = 0; i < 200; i++) {
            assertThat(service.get("k")).isNull();
        }

        assertThat(service.lookup("k").reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(service.stats().undecodable()).isEqualTo(201);
        assertThat(chaos.count(Trouble.CORRUPTED)).isEqualTo(201);
        chaos.end();
        assertThat(service.get("k")).isEqualTo(VALUE);
    }

    @Test
    void bytesThatAreStoredWrongAreACountedMissForEverybody() {
        chaos.begin(ChaosPlan.none().corrupting(1));
        service.set("k", VALUE);
        chaos.end();

        assertThat(SERVER.command("EXISTS", "cache::k")).isEqualTo(1L);
        assertThat(service.get("k")).isNull();
        assertThat(service.stats().undecodable()).isEqualTo(1);
    }

    @Test
    void countersAreLeftAlone() {
        chaos.begin(ChaosPlan.none().corrupting(1));

        service.increment("n", 40, Duration.ofMinutes(1));

        assertThat(service.increment("n", 2, Duration.ofMinutes(1))).isEqualTo(42);
        assertThat(service.get("n")).isEqualTo("42".getBytes(UTF_8));
        assertThat(chaos.count(Trouble.CORRUPTED)).isZero();
    }

    @Test
    void aLeaseWhoseFillFailsIsNotLeftBehind() throws Exception {
        CacheConfig config = CacheConfig.builder().url(SERVER.url()).build();
        byte[] key = "cache:leased".getBytes(UTF_8);
        try (RemoteTier tier = chaos.remoteTier().open(config, TimeSource.system(), oneThread)) {
            Lease lost = tier.lease(key, placeholder(1), 60_000, null);
            assertThat(lost.take().get(10, TimeUnit.SECONDS).state()).isEqualTo(LeaseAnswer.State.GRANTED);
            chaos.begin(ChaosPlan.none().failing(1));
            assertThat(lost.fill(VALUE, 1_000)).failsWithin(Duration.ofSeconds(10));
            chaos.end();

            LeaseAnswer next =
                    tier.lease(key, placeholder(2), 60_000, null).take().get(10, TimeUnit.SECONDS);

            assertThat(next.state()).isEqualTo(LeaseAnswer.State.GRANTED);
        }
    }

    private static byte[] placeholder(int number) {
        byte[] bytes = Arrays.copyOf("CSL".getBytes(UTF_8), 32);
        bytes[31] = (byte) number;
        return bytes;
    }

    @Test
    void whoWaitsWhenTheServiceIsClosedIsAnswered() {
        chaos.begin(ChaosPlan.none().vanishing(1));
        CompletableFuture<byte[]> read = service.async().get("k").toCompletableFuture();

        service.close();

        assertThat(read).failsWithin(Duration.ofSeconds(10));
    }
}
