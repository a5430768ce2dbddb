package io.cacheservice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyBucketsTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 1_000, 123_456, 98_765_432, 60_000_000_000L})
    void aLatencyIsReadAsAtMostAnEighthTooLong(long nanos) {
        long read = LatencyBuckets.longest(LatencyBuckets.of(nanos));

        assertThat(read).isBetween(nanos, nanos + nanos / 8);
    }

    @Test
    void everyBucketEndsWhereTheNextBegins() {
        for (int bucket = 0; bucket < LatencyBuckets.SIZE - 1; bucket++) {
            assertThat(LatencyBuckets.of(LatencyBuckets.longest(bucket))).isEqualTo(bucket);
            assertThat(LatencyBuckets.of(LatencyBuckets.longest(bucket) + 1)).isEqualTo(bucket + 1);
        }
    }

    @Test
    void whatIsLongerThanTheScaleIsCountedAtItsEnd() {
        assertThat(LatencyBuckets.of(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.SIZE - 1);
    }

    @Test
    void aPercentileIsTheLengthThatSoManyDoNotExceed() {
        List<Long> counts = new ArrayList<>(Collections.nCopies(LatencyBuckets.SIZE, 0L));
        counts.set(LatencyBuckets.of(1_000), 98L);
        counts.set(LatencyBuckets.of(1_000_000), 2L);

        assertThat(LatencyBuckets.percentile(counts, 0.5)).isBetween(1_000L, 1_125L);
        assertThat(LatencyBuckets.percentile(counts, 0.98)).isBetween(1_000L, 1_125L);
        assertThat(LatencyBuckets.percentile(counts, 0.99)).isBetween(1_000_000L, 1_125_000L);
    }

    @Test
    void ofNothingThereIsNoPercentile() {
        assertThat(LatencyBuckets.percentile(Report.NONE.latencies(), 0.99)).isZero();
    }
}
