package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static io.cacheservice.redis.Tiers.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that are sent at the same time, as one command and alone. */
class GatheredReadsTest {
    private static final int SMALL_READS = 200;

    private RedisServer redis;
    private RemoteTier tier;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        tier = open(redis.url());
        redis.command("SET", "small", "v");
        learnThatValuesAreSmall();
        redis.command("CONFIG", "RESETSTAT");
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private static RemoteTier open(String url) {
        return Tiers.open(Tiers.config(url).maxStaleness(Duration.ofMinutes(10)));
    }

    private void learnThatValuesAreSmall() {
        for (int i = 0; i < SMALL_READS; i++) {
            assertThat(text(await(tier.get(bytes("small"), false)))).isEqualTo("v");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsThatAreSentTogetherShareACommand(boolean withRemaining) {
        List<String> keys = IntStream.range(0, 64).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> redis.command("SET", key, "v-" + key, "PX", "60000"));

        List<RemoteValue> values = together(keys, withRemaining);

        for (int i = 0; i < keys.size(); i++) {
            assertThat(text(values.get(i))).isEqualTo("v-" + keys.get(i));
            if (withRemaining) {
                assertThat(values.get(i).remainingMillis()).isBetween(1L, 60_000L);
            } else {
                assertThat(values.get(i).remainingMillis()).isEqualTo(RemoteValue.NOT_ASKED);
            }
        }
        assertThat(calls("mget")).isBetween(1, 16);
        assertThat(calls("getrange")).isLessThan(16);
    }

    @Test
    void aLoneReadIsAskedForAlone() {
        await(tier.get(bytes("small"), false));

        assertThat(calls("mget")).isZero();
        assertThat(calls("getrange")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverIsUnderAKeyIsToldAsIfItWereAskedForAlone(boolean withRemaining) {
        String big = "b".repeat(ReadRequest.PIECE_BYTES + 1000);
        redis.command("SET", "big", big);
        redis.command("SET", "empty", "");
        redis.command("LPUSH", "list", "x");
        redis.command("SET", "piece", "p".repeat(ReadRequest.PIECE_BYTES));
        List<String> keys = List.of("small", "absent", "list", "empty", "big", "small", "piece", "small");
        List<RemoteValue> alone = new ArrayList<>();
        try (RemoteTier other = open(redis.url())) {
            keys.forEach(key -> alone.add(await(other.get(bytes(key), withRemaining))));
        }
        redis.command("CONFIG", "RESETSTAT");

        // more than are taken into one batch at once: a batch is a quarter of what waits
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.addAll(keys);
        }
        List<RemoteValue> values = together(asked, withRemaining);

        assertThat(calls("mget")).isPositive();
        for (int i = 0; i < asked.size(); i++) {
            RemoteValue value = values.get(i);
            RemoteValue expected = alone.get(i % keys.size());
            assertThat(text(value)).as(asked.get(i)).isEqualTo(text(expected));
            assertThat(value.isWrongType()).as(asked.get(i)).isEqualTo(expected.isWrongType());
            assertThat(value.remainingMillis()).as(asked.get(i)).isEqualTo(expected.remainingMillis());
        }
    }

    @Test
    void aKeyOfAnotherTypeIsNotTakenForOneThatIsMissing() {
        redis.command("LPUSH", "list", "x");
        List<String> keys = IntStream.range(0, 64)
                .mapToObj(i -> i % 8 == 0 ? "list" : "small")
                .toList();

        List<RemoteValue> values = together(keys, false);

        assertThat(calls("mget")).isPositive();
        for (int i = 0; i < keys.size(); i++) {
            assertThat(values.get(i).isWrongType()).isEqualTo(i % 8 == 0);
        }
    }

    @Test
    void readsAndWritesOfAKeyKeepTheirOrder() {
        List<CompletableFuture<RemoteValue>> reads = new ArrayList<>();
        List<CompletableFuture<?>> writes = new ArrayList<>();
        int rounds = 50;
        whileNothingIsSent(() -> {
            for (int i = 0; i < rounds; i++) {
                writes.add(tier.set(bytes("k"), bytes("v" + i), 60_000));
                for (int j = 0; j < 5; j++) {
                    reads.add(tier.get(bytes("k"), false));
                }
            }
        });

        writes.forEach(Tiers::await);
        for (int i = 0; i < reads.size(); i++) {
            assertThat(text(await(reads.get(i)))).isEqualTo("v" + i / 5);
        }
        assertThat(calls("mget")).isPositive();
    }

    @Test
    void aUserWhoMayNotMgetIsAnsweredAndAskedForNoneAgain() {
        redis.command("ACL", "SETUSER", "reader", "on", ">secret", "~*", "&*", "+@all", "-mget");
        try (RemoteTier reader = open(redis.url().replace("redis://", "redis://reader:secret@"))) {
            RemoteTier before = tier;
            tier = reader;
            learnThatValuesAreSmall();
            List<String> keys = IntStream.range(0, 64).mapToObj(i -> "small").toList();
            redis.command("CONFIG", "RESETSTAT");

            assertThat(together(keys, true))
                    .allSatisfy(value -> assertThat(text(value)).isEqualTo("v"));
            int refused = refusedCalls("mget");
            assertThat(refused).isPositive();
            learnThatValuesAreSmall();
            assertThat(together(keys, true))
                    .allSatisfy(value -> assertThat(text(value)).isEqualTo("v"));
            assertThat(refusedCalls("mget")).isEqualTo(refused);
            tier = before;
        }
    }

    @Test
    void whatIsAskedForTogetherIsAnsweredWhenTheConnectionIsLost() {
        List<String> keys = IntStream.range(0, 64).mapToObj(i -> "small").toList();
        List<CompletableFuture<RemoteValue>> reads = new ArrayList<>();
        whileNothingIsSent(() -> {
            keys.forEach(key -> reads.add(tier.get(bytes(key), true)));
            redis.command("CLIENT", "PAUSE", "60000", "ALL");
        });

        redis.kill();

        for (CompletableFuture<RemoteValue> read : reads) {
            assertThat(read)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(CacheConnectionException.class);
        }
        // their callers are told first
        Awaitility.await().until(() -> tier.connections().stream().allMatch(lane -> lane.pending() == 0));
    }

    private List<RemoteValue> together(List<String> keys, boolean withRemaining) {
        return ask(keys, withRemaining).stream().map(Tiers::await).toList();
    }

    private List<CompletableFuture<RemoteValue>> ask(List<String> keys, boolean withRemaining) {
        List<CompletableFuture<RemoteValue>> asked = new ArrayList<>();
        whileNothingIsSent(() -> keys.forEach(key -> asked.add(tier.get(bytes(key), withRemaining))));
        return asked;
    }

    /** What is submitted meanwhile waits in the lane's queue: its event loop is kept busy by a callback. */
    private void whileNothingIsSent(Runnable submitting) {
        Semaphore submitted = new Semaphore(0);
        while (!holdsUpTheLoop(submitted)) {
            Thread.onSpinWait();
        }
        submitting.run();
        submitted.release();
    }

    /** Answers false where the read was answered before anybody could wait for it: then nothing is held up. */
    private boolean holdsUpTheLoop(Semaphore until) {
        Thread caller = Thread.currentThread();
        CompletableFuture<Boolean> isHeldUp = new CompletableFuture<>();
        var unused = tier.get(bytes("small"), false).thenRun(() -> {
            isHeldUp.complete(Thread.currentThread() != caller);
            if (Thread.currentThread() != caller) {
                until.acquireUninterruptibly();
            }
        });
        return await(isHeldUp);
    }

    private int calls(String command) {
        return stat(command, "calls");
    }

    private int refusedCalls(String command) {
        return stat(command, "rejected_calls");
    }

    private int stat(String command, String name) {
        Matcher found = Pattern.compile("cmdstat_" + command + ":.*?\\b" + name + "=(\\d+)")
                .matcher(String.valueOf(redis.command("INFO", "commandstats")));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
