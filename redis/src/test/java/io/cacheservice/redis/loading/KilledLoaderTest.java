package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Fleet.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.ReadOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JVM that dies or stands still while it loads delays the others by the time of its lease, and stores nothing after. */
@Timeout(180)
class KilledLoaderTest {
    private static final Duration LOAD_TIMEOUT = Duration.ofMillis(500);

    private static Cache<String, String> cache(Fleet fleet) {
        return fleet.caches(cache -> cache.loader(key -> "from here")).get(0);
    }

    @Test
    void othersGoOnWhenTheJvmThatLoadedIsKilled() throws Exception {
        try (Fleet fleet = Fleet.of(1, LONG);
                LoadingProcess other = LoadingProcess.start(fleet.redis().url(), LOAD_TIMEOUT)) {
            other.await("loading");
            other.kill();

            assertThat(cache(fleet).get("k")).isEqualTo("from here");
        }
    }

    @Test
    void whatAJvmLoadedThatStoodStillForLongerThanItsLeaseIsNotStored() throws Exception {
        try (Fleet fleet = Fleet.of(1, LONG);
                LoadingProcess other = LoadingProcess.start(fleet.redis().url(), LONG)) {
            other.await("loading");
            other.pause();
            // as its time does
            assertThat(fleet.redis().command("PEXPIRE", "k", "1")).isEqualTo(1L);
            assertThat(cache(fleet).get("k")).isEqualTo("from here");
            other.tell();
            other.resume();
            other.await("got from the other JVM");

            assertThat(cache(fleet).get("k", ReadOptions.latest())).isEqualTo("from here");
        }
    }

    @Test
    void whatAJvmHasLoadedIsNotLoadedHere() throws Exception {
        try (Fleet fleet = Fleet.of(1, LONG);
                LoadingProcess other = LoadingProcess.start(fleet.redis().url(), LONG)) {
            other.await("loading");
            other.tell();

            assertThat(cache(fleet).get("k")).isEqualTo("from the other JVM");
        }
    }
}
