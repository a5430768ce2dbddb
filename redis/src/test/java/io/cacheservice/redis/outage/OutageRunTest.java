package io.cacheservice.redis.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.outage.OutageRun.Row;
import io.cacheservice.redis.outage.Site.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short form of {@link OutageRun}. */
class OutageRunTest {
    @ParameterizedTest
    @CsvSource({"STANDALONE, black hole", "CLUSTER, kill -9"})
    void readersWithASourceGetNoErrorAndNothingOldAndTheSourceIsNotAskedForMoreThanItsBound(Kind kind, String name) {
        Outage outage = Outage.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();

        Row row = new OutageRun(1_500, System.out).run(kind, outage);

        assertThat(row.isGood()).as(row.line()).isTrue();
        assertThat(row.mostLoads()).isBetween(1, Traffic.MOST_LOADS);
    }
}
