package io.cacheservice.benchmarks.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.outage.OutageLog.Marks;
import io.cacheservice.benchmarks.outage.ReadLog.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTimelineTest {
    private final ReadLog reads = new ReadLog();

    @Test
    void aReadIsShownWhereItEndsAndWhereItWaitsThroughTheWholeStep() {
        read(150, 470);

        assertThat(timeline()).containsExactly(Double.NaN, Double.NaN, 150, 250, 320, Double.NaN);
    }

    @Test
    void aShortReadIsShownOnce() {
        read(190, 210);

        assertThat(timeline()).containsExactly(Double.NaN, Double.NaN, 20, Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void aReadThatOutlivesThePictureIsShownToItsEnd() {
        read(300, 9_000);

        assertThat(timeline()).containsExactly(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 200, 300);
    }

    private void read(long beginMillis, long endMillis) {
        reads.add(beginMillis * 1_000_000, endMillis * 1_000_000, Outcome.CACHED);
    }

    private double[] timeline() {
        long fault = 200_000_000;
        OutageLog log = new OutageLog(
                List.of(reads),
                new Marks(0, fault, fault, fault, 3 * fault),
                new Marks(0, 0, 0, 0, 0),
                OutageLog.NEVER);
        return OutageTimeline.p99Millis(log, 2, 6);
    }
}
