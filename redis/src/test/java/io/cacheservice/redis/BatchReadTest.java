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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of reads, before and after it is known that what is read is small. */
class BatchReadTest {
    private RedisServer redis;
    private RemoteTier tier;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        tier = open(redis.url(), 2);
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private static RemoteTier open(String url, int lanes) {
        return Tiers.open(Tiers.config(url).maxStaleness(Duration.ofMinutes(10)).poolSize(lanes));
    }

    private List<String> small(int size) {
        List<String> keys = IntStream.range(0, size).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> redis.command("SET", key, "v-" + key, "PX", "60000"));
        return keys;
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 2", "false, 2", "false, 8"})
    void aBatchOfSmallValuesIsOneCommandForEachLane(boolean withRemaining, int lanes) {
        List<String> keys = small(100);
        try (RemoteTier some = open(redis.url(), lanes)) {
            for (int i = 0; i < 20; i++) {
                read(some, keys, withRemaining);
            }
            redis.command("CONFIG", "RESETSTAT");

            List<RemoteValue> values = read(some, keys, withRemaining);

            for (int i = 0; i < keys.size(); i++) {
                assertThat(text(values.get(i))).isEqualTo("v-" + keys.get(i));
                assertThat(values.get(i).proof()).isNotNull();
                if (withRemaining) {
                    assertThat(values.get(i).remainingMillis()).isBetween(1L, 60_000L);
                } else {
                    assertThat(values.get(i).remainingMillis()).isEqualTo(RemoteValue.NOT_ASKED);
                }
            }
            assertThat(calls("mget")).isEqualTo(lanes);
        }
        // those of the connections, which prove that they are heard
        assertThat(calls("getrange")).isLessThan(10);
        assertThat(calls("pttl")).isEqualTo(withRemaining ? 100 : 0);
    }

    @Test
    void aLargeBatchIsSeveralCommands() {
        List<String> keys = small(1_000);
        read(tier, keys, false);
        redis.command("CONFIG", "RESETSTAT");

        List<RemoteValue> values = read(tier, keys, false);

        assertThat(values.stream().map(Tiers::text))
                .containsExactlyElementsOf(keys.stream().map(key -> "v-" + key).toList());
        assertThat(calls("mget")).isBetween(1_000 / SharedRead.MOST + 1, 1_000 / SharedRead.MOST + 2);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void whateverIsUnderAKeyIsToldAsIfItWereAskedForAlone(boolean withRemaining, boolean isLearned) {
        redis.command("SET", "small", "v");
        redis.command("SET", "lived", "v", "PX", "1000000000000");
        redis.command("SET", "big", "b".repeat(ReadRequest.PIECE_BYTES + 1000));
        redis.command("SET", "empty", "");
        redis.command("LPUSH", "list", "x");
        redis.command("SET", "piece", "p".repeat(ReadRequest.PIECE_BYTES));
        List<String> keys = List.of("small", "absent", "lived", "list", "empty", "big", "small", "piece", "absent");
        List<RemoteValue> alone = new ArrayList<>();
        for (String key : keys) {
            alone.add(await(tier.get(bytes(key), withRemaining)));
        }
        if (isLearned) {
            learn();
        }
        redis.command("CONFIG", "RESETSTAT");

        List<RemoteValue> values = read(tier, keys, withRemaining);

        assertThat(calls("mget") > 0).isEqualTo(isLearned);
        for (int i = 0; i < keys.size(); i++) {
            RemoteValue value = values.get(i);
            RemoteValue expected = alone.get(i);
            assertThat(text(value)).as(keys.get(i)).isEqualTo(text(expected));
            assertThat(value.isWrongType()).as(keys.get(i)).isEqualTo(expected.isWrongType());
            if (keys.get(i).equals("lived") && withRemaining) {
                assertThat(value.remainingMillis()).isBetween(1L, expected.remainingMillis());
            } else {
                assertThat(value.remainingMillis()).as(keys.get(i)).isEqualTo(expected.remainingMillis());
            }
        }
    }

    @Test
    void aKeyOfAnotherTypeIsNotTakenForOneThatIsMissing() {
        redis.command("LPUSH", "list", "x");
        learn();

        List<RemoteValue> values = read(tier, List.of("k1", "list", "k2", "absent"), false);

        assertThat(values.stream().map(RemoteValue::isWrongType)).containsExactly(false, true, false, false);
        assertThat(values.get(3).bytes()).isNull();
    }

    @Test
    void absentKeysOfABatchAreNotAskedForTwiceWhereMostAreAbsent() {
        List<String> keys = IntStream.range(0, 100).mapToObj(i -> "absent" + i).toList();
        read(tier, keys, false);
        redis.command("CONFIG", "RESETSTAT");

        assertThat(read(tier, keys, false))
                .allSatisfy(value -> assertThat(value.bytes()).isNull());

        assertThat(calls("mget")).isZero();
        assertThat(calls("getrange")).isBetween(100, 110);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 50})
    void aBatchOfMoreThanMayWaitIsNotRefusedAsAWhole(int maxPending) {
        List<String> keys = small(100);
        try (RemoteTier narrow =
                Tiers.open(Tiers.config(redis.url()).poolSize(1).maxPending(maxPending))) {
            List<CompletableFuture<RemoteValue>> answers =
                    await(narrow.getAll(keys.stream().map(Tiers::bytes).toList(), true));

            assertThat(answers).hasSize(100).allMatch(CompletableFuture::isDone);
            long answered = answers.stream()
                    .filter(answer -> !answer.isCompletedExceptionally())
                    .count();
            assertThat(answered).isGreaterThanOrEqualTo(maxPending);
            assertThat(narrow.connections())
                    .allSatisfy(lane -> assertThat(lane.pending()).isZero());
        }
    }

    @Test
    void aUserWhoMayNotMgetIsAnswered() {
        redis.command("ACL", "SETUSER", "reader", "on", ">secret", "~*", "&*", "+@all", "-mget");
        List<String> keys = small(100);
        try (RemoteTier reader = open(redis.url().replace("redis://", "redis://reader:secret@"), 2)) {
            for (int i = 0; i < 20; i++) {
                assertThat(read(reader, keys, i % 2 == 0))
                        .allSatisfy(value -> assertThat(text(value)).startsWith("v-"));
            }
        }
    }

    @Test
    void oneKeyThatIsForbiddenFailsAlone() {
        redis.command("ACL", "SETUSER", "reader", "on", ">secret", "~k*", "~cache:*", "&*", "+@all");
        List<String> keys = new ArrayList<>(small(20));
        keys.add(10, "secret");
        try (RemoteTier reader = open(redis.url().replace("redis://", "redis://reader:secret@"), 1)) {
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<RemoteValue>> answers =
                        await(reader.getAll(keys.stream().map(Tiers::bytes).toList(), false));

                for (int i = 0; i < keys.size(); i++) {
                    if (i == 10) {
                        assertThat(answers.get(i))
                                .isCompletedExceptionally()
                                .failsWithin(Duration.ZERO)
                                .withThrowableThat()
                                .withMessageContaining("NOPERM");
                    } else {
                        assertThat(text(await(answers.get(i)))).isEqualTo("v-" + keys.get(i));
                    }
                }
            }
        }
    }

    @Test
    void eachKeyOfABatchIsAnsweredWhenTheConnectionIsLost() {
        List<String> keys = small(300);
        learn();
        redis.command("CLIENT", "PAUSE", "60000", "ALL");
        CompletableFuture<List<CompletableFuture<RemoteValue>>> batch =
                tier.getAll(keys.stream().map(Tiers::bytes).toList(), true);

        redis.kill();

        List<CompletableFuture<RemoteValue>> answers = await(batch);
        assertThat(answers)
                .hasSize(300)
                .allSatisfy(answer -> assertThat(answer)
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .havingCause()
                        .isInstanceOf(CacheConnectionException.class));
        Awaitility.await().until(() -> tier.connections().stream().allMatch(lane -> lane.pending() == 0));
    }

    @Test
    void readsThatWereSentToAClusterTogetherAreAskedForOneByOne() {
        SharedRead read =
                new SharedRead(NoRouting.INSTANCE, List.of(bytes("a"), bytes("b"), bytes("c")), false, Long.MAX_VALUE);
        read.inSlot(7); // of one of them: what vouches for it does not for the others

        assertThat(read.answered(new ArrayList<>())).hasSize(3).containsOnlyNulls();
    }

    @Test
    void aBatchOfNothingIsAnsweredByNothing() {
        assertThat(await(tier.getAll(List.of(), true))).isEmpty();
    }

    private void learn() {
        List<String> many = small(100);
        for (int i = 0; i < 10; i++) {
            read(tier, many, false);
        }
    }

    private static List<RemoteValue> read(RemoteTier from, List<String> keys, boolean withRemaining) {
        List<CompletableFuture<RemoteValue>> answers =
                await(from.getAll(keys.stream().map(Tiers::bytes).toList(), withRemaining));
        assertThat(answers).allMatch(CompletableFuture::isDone);
        return answers.stream().map(Tiers::await).toList();
    }

    private int calls(String command) {
        Matcher found = Pattern.compile("cmdstat_" + command + ":.*?\\bcalls=(\\d+)")
                .matcher(String.valueOf(redis.command("INFO", "commandstats")));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
