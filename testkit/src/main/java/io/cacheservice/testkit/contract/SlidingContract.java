package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.EntryOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Lives that go on while an entry is read, and lives that end at a moment. */
abstract class SlidingContract extends TierContract {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private static Duration left(Cache<String, String> cache) {
        return hit(cache.lookup("k")).remaining().orElseThrow();
    }

    @Test
    void anEntryThatIsReadLivesOn() {
        Cache<String, String> cache = texts("t").slidingTtl(IDLE).open();
        cache.put("k", "value");
        for (int i = 0; i < 3; i++) {
            advance(Duration.ofMinutes(6));
            assertThat(cache.get("k")).isEqualTo("value");
            await().untilAsserted(() -> assertThat(left(cache)).isGreaterThan(Duration.ofMinutes(9)));
        }
    }

    @Test
    void anEntryThatNobodyReadsEnds() {
        Cache<String, String> cache = texts("t").slidingTtl(IDLE).open();
        cache.put("k", "value");

        advanceToTheLastMomentOf(IDLE);
        advanceToTheEnd();

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void aReadInTheFirstHalfWritesNothing() {
        Cache<String, String> cache = texts("t").slidingTtl(IDLE).open();
        cache.put("k", "value");
        var before = hit(cache.lookup("k")).version();
        advance(Duration.ofMinutes(4));

        cache.get("k");

        assertThat(hit(cache.lookup("k")).version()).isEqualTo(before);
    }

    @Test
    void anEntryThatIsReadLivesNoLongerThanTheTtlInAll() {
        Cache<String, String> cache =
                texts("t").slidingTtl(IDLE).ttl(Duration.ofMinutes(15)).open();
        cache.put("k", "value");
        advance(Duration.ofMinutes(8));
        cache.get("k");
        await().untilAsserted(() -> assertThat(left(cache)).isGreaterThan(Duration.ofMinutes(6)));

        assertThat(left(cache)).isLessThanOrEqualTo(Duration.ofMinutes(7));
        advance(Duration.ofMinutes(7).plus(tier().clockTolerance()));
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void anEntryMayEndAtAMoment() {
        Cache<String, String> cache = texts("t").ttl(LIFE).open();

        cache.put("k", "value", EntryOptions.until(Instant.now().plus(Duration.ofDays(36_000))));

        assertThat(left(cache)).isGreaterThan(LIFE);
    }
}
