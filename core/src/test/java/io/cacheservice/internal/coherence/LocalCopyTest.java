package io.cacheservice.internal.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EntryDetails.Standing;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.spi.Proof;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rule of use. Copies are seen at 1,000; the bound is 100. */
class LocalCopyTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);
    private static final long SEEN = 1_000;
    private static final long BOUND = 100;
    private static final TimeSource AT_REST = new TimeSource() {
        @Override
        public long nanoTime() {
            return SEEN;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };

    private final Tokens tokens = new Tokens();
    private final Token token = tokens.take(KEY);
    private final LocalTier tier = new LocalTier(AT_REST, 10_000, MaxMemoryPolicy.ALLKEYS_LFU);
    private final Copies<String, String> copies =
            new Copies<>(tier, tier.newMapForJudges((cause, bytes) -> {}), tokens, AT_REST, BOUND);

    private LocalCopy<String> copy(long freshUntil, @Nullable Proof proof) {
        return copy(SEEN, freshUntil, proof);
    }

    private LocalCopy<String> copy(long seen, long freshUntil, @Nullable Proof proof) {
        Entry<String> entry =
                new Entry<>("v", new Entry.Times(seen, freshUntil), 0, 0, Entry.Kind.VALUE, Entry.Notes.NONE, null);
        LocalCopy<String> copy = new LocalCopy<>(entry, 1, seen, proof, token, tokens, BOUND);
        assertThat(tokens.hold(copies, "k", copy)).isTrue();
        return copy;
    }

    private static Proof heardUntil(LongSupplier nanos, boolean revoked) {
        return new Proof() {
            @Override
            public long heardUntilNanos() {
                return nanos.getAsLong();
            }

            @Override
            public boolean isRevoked() {
                return revoked;
            }

            @Override
            public String connection() {
                return "test";
            }
        };
    }

    @Test
    void withoutAProofItIsUsedForTheBoundFromItsQuestion() {
        LocalCopy<String> copy = copy(Entry.FOR_EVER, null);

        assertThat(copy.standing(SEEN + BOUND, BOUND)).isEqualTo(Standing.USABLE);
        assertThat(copy.standing(SEEN + BOUND + 1, BOUND)).isEqualTo(Standing.UNPROVEN);
    }

    @Test
    void withAProofItIsUsedForTheBoundFromThere() {
        LocalCopy<String> copy = copy(Entry.FOR_EVER, heardUntil(() -> 5_000, false));

        assertThat(copy.standing(5_000 + BOUND, BOUND)).isEqualTo(Standing.USABLE);
        assertThat(copy.standing(5_000 + BOUND + 1, BOUND)).isEqualTo(Standing.UNPROVEN);
    }

    @Test
    void aProofFromBeforeTheQuestionTakesNothingAway() {
        LocalCopy<String> copy = copy(Entry.FOR_EVER, heardUntil(() -> SEEN - (1L << 62), false));

        assertThat(copy.standing(SEEN + BOUND, BOUND)).isEqualTo(Standing.USABLE);
        assertThat(copy.standing(SEEN + BOUND + 1, BOUND)).isEqualTo(Standing.UNPROVEN);
    }

    @Test
    void itEndsWithItsOwnLife() {
        LocalCopy<String> copy = copy(SEEN + 10, heardUntil(() -> SEEN + 10, false));

        assertThat(copy.standing(SEEN + 9, BOUND)).isEqualTo(Standing.USABLE);
        assertThat(copy.standing(SEEN + 10, BOUND)).isEqualTo(Standing.EXPIRED);
    }

    @Test
    void aChangeOfItsKeyEndsIt() {
        LocalCopy<String> copy = copy(Entry.FOR_EVER, null);
        tokens.changed(KEY);

        assertThat(copy.standing(SEEN, BOUND)).isEqualTo(Standing.CHANGED);
    }

    @Test
    void aProofThatWasRevokedEndsItHoweverYoung() {
        LocalCopy<String> copy = copy(Entry.FOR_EVER, heardUntil(() -> SEEN, true));

        assertThat(copy.standing(SEEN, BOUND)).isEqualTo(Standing.REVOKED);
    }

    @Test
    void aBoundOfZeroIsTheMomentOfTheQuestion() {
        LocalCopy<String> copy = copy(Entry.FOR_EVER, null);

        assertThat(copy.standing(SEEN, 0)).isEqualTo(Standing.USABLE);
        assertThat(copy.standing(SEEN + 1, 0)).isEqualTo(Standing.UNPROVEN);
    }

    @Test
    void theClockMayPassItsEnd() {
        LocalCopy<String> copy = copy(Long.MAX_VALUE - 5, Long.MIN_VALUE + 4, null);

        assertThat(copy.standing(Long.MAX_VALUE, BOUND)).isEqualTo(Standing.USABLE);
        assertThat(copy.standing(Long.MIN_VALUE + 4, BOUND)).isEqualTo(Standing.EXPIRED);
    }

    /** A reader that was held up between its questions must not take an old "unchanged" together with a new proof. */
    @Test
    void aProofThatHasPassedAChangeDoesNotVouchForWhatItEnded() {
        LocalCopy<String> copy = copy(
                Entry.FOR_EVER,
                heardUntil(
                        () -> {
                            tokens.changed(KEY);
                            return 5_000;
                        },
                        false));

        assertThat(copy.standing(5_000, BOUND)).isEqualTo(Standing.CHANGED);
    }
}
