package io.cacheservice.internal.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalTier;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final TimeSource TIME = TimeSource.system();

    private final LocalTier tier = new LocalTier(TIME, 1 << 20, MaxMemoryPolicy.ALLKEYS_LFU);
    private final Tokens tokens = new Tokens();

    @Test
    void aChangeEndsTheUseOfACopyAtOnceAndItLeavesTheMapSoon() {
        Copies<String, String> copies = copies();
        keep(copies, "k");
        assertThat(copies.usable("k")).isNotNull();

        tokens.changed(bytes("k"));

        assertThat(copies.usable("k")).isNull();
        await().until(() -> copies.held("k") == null);
        assertThat(tokens.size()).isZero();
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKept() {
        Copies<String, String> copies = copies();
        Token token = copies.take(bytes("k"));

        tokens.changed(bytes("k"));
        copies.keep("k", entry(), 1, TIME.nanoTime(), null, token);
        copies.giveBack(token);

        assertThat(copies.held("k")).isNull();
        assertThat(copies.fillsRefused()).isOne();
    }

    @Test
    void aKeyThatFailsWhileItsCopyIsDroppedDoesNotStopOthersFromBeingDropped() {
        AtomicInteger failures = new AtomicInteger();
        Copies<Fragile, String> fragile = copies();
        keep(fragile, new Fragile("bad", failures));
        Copies<String, String> copies = copies();
        keep(copies, "k");

        failures.set(1);
        tokens.changed(bytes("bad"));
        await().until(() -> failures.get() == 0);
        tokens.changed(bytes("k"));

        await().until(() -> copies.held("k") == null);
    }

    /** A key whose hash fails so many times. */
    private record Fragile(String name, AtomicInteger failures) {
        @Override
        public int hashCode() {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("a key of a user that fails");
            }
            return name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Fragile fragile && fragile.name.equals(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private <K> Copies<K, String> copies() {
        return new Copies<>(
                tier,
                tier.newMapForJudges((cause, bytes) -> {}),
                tokens,
                TIME,
                Duration.ofMinutes(1).toNanos());
    }

    private static <K> void keep(Copies<K, String> copies, K key) {
        Token token = copies.take(bytes(key.toString()));
        copies.keep(key, entry(), 1, TIME.nanoTime(), null, token);
        copies.giveBack(token);
    }

    private static Entry<String> entry() {
        return new Entry<>("v", TIME.nanoTime(), Entry.FOR_EVER, 1, 1, Entry.Kind.VALUE, null, null);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(UTF_8);
    }
}
