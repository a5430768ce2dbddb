package io.cacheservice.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldReadsTest {
    private static final int KEY = "key".hashCode();

    private final ToldReads reads = new ToldReads();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000_000_000_000L, -1, -1_000_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE - 100})
    void theFirstReadsOfASpanAreToldAndTheOthersNot(long begin) {
        long now = begin & -ToldReads.SPAN_NANOS;
        assertThat(told(now, 1000)).isEqualTo(ToldReads.MOST_IN_A_SPAN);
        assertThat(told(now + ToldReads.SPAN_NANOS - 1, 1000)).isZero();
    }

    @Test
    void inEachSpanAnew() {
        for (int span = 0; span < 100; span++) {
            assertThat(told(span * ToldReads.SPAN_NANOS, 1000)).isEqualTo(ToldReads.MOST_IN_A_SPAN);
        }
    }

    @Test
    void everyReadOfWhatIsReadSeldomIsTold() {
        long now = 12345;
        for (int read = 0; read < 1000; read++) {
            now += ToldReads.SPAN_NANOS / ToldReads.MOST_IN_A_SPAN;
            assertThat(told(now, 1)).isEqualTo(1);
        }
    }

    @Test
    void aKeyThatIsReadSeldomIsToldHoweverOftenOthersAreRead() {
        for (int hash = 0; hash < 100_000; hash++) {
            int other = hash * 31;
            for (int i = 0; i < 20; i++) {
                reads.isNext(other, 0);
            }
            assertThat(reads.isNext(other + 1, 0)).isTrue();
        }
    }

    @Test
    void ofAThousandKeysThatAreReadAllTheTimeFewReadsAreTold() {
        int told = 0;
        for (int round = 0; round < 1_000; round++) {
            for (int key = 0; key < 1_000; key++) {
                told += reads.isNext(("key-" + key).hashCode(), 0) ? 1 : 0;
            }
        }

        // and of the few that share a slot, all
        assertThat(told).isBetween(1_000 * ToldReads.MOST_IN_A_SPAN, 1_000_000 / 8);
    }

    private int told(long nowNanos, int times) {
        int told = 0;
        for (int i = 0; i < times; i++) {
            told += reads.isNext(KEY, nowNanos) ? 1 : 0;
        }
        return told;
    }
}
