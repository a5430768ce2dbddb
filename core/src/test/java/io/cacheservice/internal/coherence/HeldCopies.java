package io.cacheservice.internal.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.spi.Proof;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Local copies of one cache, on a clock that is moved, under a proof that is moved. */
final class HeldCopies {
    static final Duration MAX_STALENESS = Duration.ofSeconds(1);

    final Tokens tokens = new Tokens();
    final Connection connection = new Connection();
    private final Clock clock = new Clock();
    private final LocalTier tier = new LocalTier(clock, 1 << 20, MaxMemoryPolicy.ALLKEYS_LFU);
    private final Copies<String, String> copies =
            new Copies<>(tier, tier.newMapForJudges((cause, bytes) -> {}), tokens, clock, MAX_STALENESS.toNanos());
    private final Sampling sampling = new Sampling(tokens, new Random(1));

    private static final class Clock implements TimeSource {
        private long nanos = 1_000_000_000;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return nanos / 1_000_000;
        }
    }

    /** Has heard everything until a moment that a test sets. */
    static final class Connection implements Proof {
        private long heardUntilNanos;

        @Override
        public long heardUntilNanos() {
            return heardUntilNanos;
        }

        @Override
        public boolean isRevoked() {
            return false;
        }

        @Override
        public String connection() {
            return "redis:6379/0";
        }
    }

    long now() {
        return clock.nanos;
    }

    /** Time goes on, and the connection hears all that is to be heard. */
    void advance(Duration step) {
        advanceUnheard(step);
        connection.heardUntilNanos = clock.nanos;
    }

    void advanceUnheard(Duration step) {
        clock.nanos += step.toNanos();
    }

    /** Holds a copy that was read now. */
    void hold(String key) {
        hold(key, entry(Entry.Kind.VALUE), connection);
    }

    /** Holds what a load gave while Redis could not take it. */
    void holdUnstored(String key) {
        hold(key, entry(Entry.Kind.UNSTORED), null);
    }

    private void hold(String key, Entry<String> entry, @Nullable Proof proof) {
        connection.heardUntilNanos = clock.nanos;
        Token token = copies.take(key.getBytes(UTF_8));
        copies.keep(key, entry, 10, clock.nanos, proof, token);
        copies.giveBack(token);
    }

    private Entry<String> entry(Entry.Kind kind) {
        return new Entry<>("value", new Entry.Times(clock.nanos, Entry.FOR_EVER), 1, 10, kind, Entry.Notes.NONE, null);
    }

    void change(String key) {
        tokens.changed(key.getBytes(UTF_8));
    }

    @Nullable
    Sample pick() {
        return sampling.next(clock.nanos);
    }

    static String keyOf(Sample sample) {
        return new String(sample.redisKey(), UTF_8);
    }
}
