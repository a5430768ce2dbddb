package io.cacheservice.internal.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalTier;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** There is one token for each key that is read or held, and none besides. */
@Timeout(60)
class TokensTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);
    private static final long BOUND = TimeUnit.HOURS.toNanos(1);

    private final LocalTier tier = new LocalTier(TimeSource.system(), 20_000, MaxMemoryPolicy.ALLKEYS_LFU);
    private final Tokens tokens = new Tokens();
    private final Copies<String, Long> copies = newCopies();

    private Copies<String, Long> newCopies() {
        return new Copies<>(tier, tier.newMapForJudges((cause, bytes) -> {}), tokens, TimeSource.system(), BOUND);
    }

    private static void keep(Copies<String, Long> in, String key, long value, long seenAtNanos, Token token) {
        Entry<Long> entry = new Entry<>(
                value, new Entry.Times(seenAtNanos, Entry.FOR_EVER), 0, 0, Entry.Kind.VALUE, Entry.Notes.NONE, null);
        in.keep(key, entry, 10, seenAtNanos, null, token);
    }

    private static @Nullable Long value(Copies<String, Long> in, String key) {
        LocalCopy<Long> copy = in.usable(key);
        return copy == null ? null : copy.value();
    }

    @Test
    void aTokenLivesWhileSomebodyReadsOrHolds() {
        Token token = copies.take(KEY);
        assertThat(copies.take(KEY)).isSameAs(token);
        copies.giveBack(token);
        assertThat(tokens.size()).isEqualTo(1);
        keep(copies, "k", 1, System.nanoTime(), token);
        copies.giveBack(token);
        assertThat(tokens.size()).isEqualTo(1);
        copies.map().remove("k");
        assertThat(tokens.size()).isZero();
    }

    @Test
    void aChangeEndsTheTokenAndWhatItWasGivenFor() {
        Token before = copies.take(KEY);
        tokens.changed(KEY);
        Token after = copies.take(KEY);

        assertThat(before.isTouched()).isTrue();
        assertThat(after.isTouched()).isFalse();
        keep(copies, "k", 1, System.nanoTime(), before);
        assertThat(value(copies, "k")).isNull();
        assertThat(copies.fillsRefused()).isEqualTo(1);
        copies.giveBack(before);
        assertThat(tokens.size()).isEqualTo(1);
        copies.giveBack(after);
        assertThat(tokens.size()).isZero();
    }

    @Test
    void aChangeEndsTheCopiesInEveryMap() {
        Copies<String, Long> others = newCopies();
        Token token = copies.take(KEY);
        keep(copies, "k", 1, System.nanoTime(), token);
        keep(others, "k", 1, System.nanoTime(), token);
        copies.giveBack(token);
        tokens.changed(KEY);

        assertThat(value(copies, "k")).isNull();
        assertThat(value(others, "k")).isNull();
        Awaitility.await().until(() -> copies.map().size() + others.map().size() == 0);
        assertThat(tokens.size()).isZero();
    }

    @Test
    void whatWasSeenEarlierDoesNotReplaceWhatWasSeenLater() {
        long now = System.nanoTime();
        Token token = copies.take(KEY);
        keep(copies, "k", 2, now, token);
        keep(copies, "k", 1, now - 1, token);
        copies.giveBack(token);

        assertThat(value(copies, "k")).isEqualTo(2);
        copies.map().remove("k");
        assertThat(tokens.size()).isZero();
    }

    @Test
    void whatDoesNotFitLeavesNoToken() {
        Token token = copies.take(KEY);
        Entry<Long> entry =
                new Entry<>(1L, new Entry.Times(0, Entry.FOR_EVER), 0, 0, Entry.Kind.VALUE, Entry.Notes.NONE, null);
        copies.keep("k", entry, 30_000, 0, null, token);
        copies.giveBack(token);

        assertThat(copies.map().size()).isZero();
        assertThat(tokens.size()).isZero();
    }

    /** Forty keys in a memory for some forty copies in two maps, so that copies come, go and are evicted all the time. */
    @Test
    void manyThreadsSeeNothingFromBeforeAWriteThatEndedAndLeaveNoTokenBehind() throws Exception {
        int keys = 40;
        List<Copies<String, Long>> both = List.of(copies, newCopies());
        AtomicLongArray stored = new AtomicLongArray(keys);
        CountDownLatch begin = new CountDownLatch(1);
        List<CompletableFuture<Void>> threads = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> churn(i, both, stored, begin), TokensTest::newThread))
                .toList();
        begin.countDown();
        for (CompletableFuture<Void> thread : threads) {
            thread.get(40, TimeUnit.SECONDS);
        }

        Awaitility.await().untilAsserted(() -> {
            both.forEach(each -> each.map().cleanUp());
            long held = IntStream.range(0, keys)
                    .filter(i -> both.stream().anyMatch(each -> each.held("k" + i) != null))
                    .count();
            assertThat(tokens.size()).isEqualTo((int) held);
        });
        for (int i = 0; i < keys; i++) {
            for (Copies<String, Long> each : both) {
                Long found = value(each, "k" + i);
                assertThat(found == null ? stored.get(i) : found).isEqualTo(stored.get(i));
            }
        }
    }

    private static void newThread(Runnable work) {
        Thread thread = new Thread(work, "churn");
        thread.setDaemon(true);
        thread.start();
    }

    private void churn(int number, List<Copies<String, Long>> both, AtomicLongArray stored, CountDownLatch begin) {
        try {
            begin.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int round = 0; round < 20_000; round++) {
            int at = random.nextInt(stored.length());
            Copies<String, Long> in = both.get(random.nextInt(both.size()));
            if (number < 2 || random.nextInt(10) == 0) {
                write(in, at, stored);
            } else {
                read(in, at, stored);
            }
        }
    }

    private static void read(Copies<String, Long> in, int at, AtomicLongArray stored) {
        byte[] key = ("k" + at).getBytes(UTF_8);
        if (in.usable("k" + at) == null) {
            Token token = in.take(key);
            long askedAtNanos = System.nanoTime();
            keep(in, "k" + at, stored.get(at), askedAtNanos, token);
            in.giveBack(token);
        }
    }

    private void write(Copies<String, Long> in, int at, AtomicLongArray stored) {
        byte[] key = ("k" + at).getBytes(UTF_8);
        tokens.changed(key);
        long written = stored.incrementAndGet(at);
        tokens.changed(key);
        Long found = value(in, "k" + at);
        if (found != null && found < written) {
            throw new AssertionError("wrote " + written + ", then read " + found);
        }
    }

    @Test
    void whatIsDeadLeavesItsMapThoughOneKeyOfAUserFails() {
        Copies<Object, Long> odd =
                new Copies<>(tier, tier.newMapForJudges((cause, bytes) -> {}), tokens, TimeSource.system(), BOUND);
        Broken broken = new Broken();
        for (Object key : List.of(broken, "sound")) {
            byte[] where = key.toString().getBytes(UTF_8);
            Token token = odd.take(where);
            odd.keep(
                    key,
                    new Entry<>(1L, new Entry.Times(0, Entry.FOR_EVER), 0, 0, Entry.Kind.VALUE, Entry.Notes.NONE, null),
                    10,
                    System.nanoTime(),
                    null,
                    token);
            odd.giveBack(token);
        }
        broken.isBroken = true;
        Stream.of("broken", "sound").forEach(where -> tokens.changed(where.getBytes(UTF_8)));

        Awaitility.await().until(() -> odd.map().size() == 1);
    }

    /** A key whose code fails when it is asked at the wrong moment. */
    private static final class Broken {
        private volatile boolean isBroken;

        @Override
        public int hashCode() {
            if (isBroken) {
                throw new IllegalStateException("not now");
            }
            return 1;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public String toString() {
            return "broken";
        }
    }
}
