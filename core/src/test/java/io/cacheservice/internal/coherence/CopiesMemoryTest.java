package io.cacheservice.internal.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.UsedHeap;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.spi.Proof;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that local copies count are compared with those that the heap gains, their tokens and Redis keys included. */
class CopiesMemoryTest {
    private static final int COPIES = 200_000;
    /** What an entry has in Redis before its value, which counts and is not kept. */
    private static final int HEADER_BYTES = 68;

    private static final Proof PROOF = new Proof() {
        @Override
        public long heardUntilNanos() {
            return System.nanoTime();
        }

        @Override
        public boolean isRevoked() {
            return false;
        }

        @Override
        public String connection() {
            return "a test";
        }
    };

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 1_000})
    void theBytesCountedCoverWhatCopiesTakeFromTheHeap(int valueBytes) {
        assertCovered(valueBytes, HEADER_BYTES + valueBytes);
    }

    @Test
    void theBytesCountedCoverWhatRememberedAbsencesTakeFromTheHeap() {
        assertCovered(-1, 0);
    }

    private static void assertCovered(int valueBytes, int storedBytes) {
        LocalTier tier = new LocalTier(TimeSource.system(), 1L << 40, MaxMemoryPolicy.ALLKEYS_LFU);
        Tokens tokens = new Tokens();
        Copies<String, byte[]> copies = new Copies<>(
                tier, tier.newMapForJudges((cause, bytes) -> {}), tokens, TimeSource.system(), Long.MAX_VALUE / 4);
        long before = UsedHeap.bytes();
        for (int i = 0; i < COPIES; i++) {
            String key = String.format(Locale.ROOT, "key-%012d", i);
            byte[] redisKey = ("cache:" + key).getBytes(UTF_8);
            Token token = copies.take(redisKey);
            copies.keep(key, entry(valueBytes, i), redisKey.length + storedBytes, System.nanoTime(), PROOF, token);
            copies.giveBack(token);
        }
        long taken = UsedHeap.bytes() - before;

        assertThat(tokens.size()).isEqualTo(COPIES);
        assertThat((double) copies.map().bytes() / taken)
                .as("counted / taken: %d / %d a copy", copies.map().bytes() / COPIES, taken / COPIES)
                .isBetween(0.95, 1.3);
    }

    private static Entry<byte[]> entry(int valueBytes, int id) {
        byte @Nullable [] value = valueBytes < 0 ? null : new byte[valueBytes];
        Entry.Kind kind = value == null ? Entry.Kind.ABSENT : Entry.Kind.VALUE;
        return new Entry<>(
                value, new Entry.Times(0, System.nanoTime() + 3_600_000_000_000L), id, 0, kind, Entry.Notes.NONE, null);
    }
}
