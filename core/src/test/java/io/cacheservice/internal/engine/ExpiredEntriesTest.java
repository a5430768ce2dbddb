package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What has ended in this process, where nothing is written that would have it leave. */
class ExpiredEntriesTest {
    private final MovedTime time = new MovedTime();
    private final CacheService service = CacheService.builder().time(time).open();

    @Test
    void anEntryThatHasEndedIsNotReadListedOrShown() {
        service.set("k", "v".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(11));

        assertThat(service.get("k")).isNull();
        assertThat(service.stored().keys("", null).keys()).isEmpty();
        assertThat(service.stored().hottest(10)).isEmpty();
        assertThat(service.stored().inspect("k").stored()).isEmpty();
        assertThat(service.getAndDelete("k")).isNull();
    }
}
