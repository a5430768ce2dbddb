package io.cacheservice.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldReadsTest {
    private int state;

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

    private int told(long nowNanos, int reads) {
        int told = 0;
        for (int i = 0; i < reads; i++) {
            int after = ToldReads.after(state, nowNanos);
            told += after == state ? 0 : 1;
            state = after;
        }
        return told;
    }
}
